/// DEKR (Geng et al., Bottom-Up Human Pose Estimation Via Disentangled Keypoint Regression, 2021), with the figures of the tables of
/// mmpose 1.x, with flip test.
extension ZooTable {
  static let dekr = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17",
      codec: .regressed(
        .init(
          links: [
            [15, 13], [13, 11], [16, 14], [14, 12], [11, 12], [5, 11], [6, 12], [5, 6], [5, 7], [6, 8], [7, 9],
            [8, 10],
            [1, 2], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6],
          ], normIndexes: [5, 6])), folder: "v1/body_2d_keypoint/dekr/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        dekr_hrnet-w32_8xb10-140e_coco-512x512_ac7c17bf-20221228  dekr-hrnet-w32  0.686 0.868 0.750 0.735 0.898
        dekr_hrnet-w48_8xb10-140e_coco-640x640_74796c32-20230124  dekr-hrnet-w48  0.714 0.883 0.777 0.762 0.915
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14",
      codec: .regressed(
        .init(
          links: [
            [10, 8], [8, 6], [11, 9], [9, 7], [6, 7], [0, 6], [1, 7], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [12, 13],
            [1, 13], [0, 13],
          ], normIndexes: [0, 1])), folder: "v1/body_2d_keypoint/dekr/crowdpose",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"],
      rows: """
        dekr_hrnet-w32_8xb10-300e_crowdpose-512x512_147bae97-20221228  dekr-hrnet-w32  0.663 0.857 0.714 0.740 0.671 0.576
        dekr_hrnet-w48_8xb5-300e_crowdpose-640x640_4ea6031e-20230128   dekr-hrnet-w48  0.679 0.869 0.731 0.753 0.688 0.593
        """),
  ]
}
