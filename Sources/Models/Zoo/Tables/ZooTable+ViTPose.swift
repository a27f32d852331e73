/// ViTPose (Xu et al., 2022), with the figures of the tables of mmpose.
extension ZooTable {
  static let viTPose = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .udp, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_ViTPose-small_8xb64-210e_coco-256x192-62d7a712_20230314         vit-small         0.739 0.903 0.816 0.792 0.942
        td-hm_ViTPose-base_8xb64-210e_coco-256x192-216eae50_20230314          vit-base          0.757 0.905 0.829 0.810 0.946
        td-hm_ViTPose-large_8xb64-210e_coco-256x192-53609f55_20230314         vit-large         0.782 0.914 0.850 0.834 0.952
        td-hm_ViTPose-huge_8xb64-210e_coco-256x192-e32adcd4_20230314          vit-huge          0.788 0.917 0.855 0.839 0.954
        td-hm_ViTPose-huge_3rdparty_coco-256x192-5b738c8e_20230314            vit-huge          0.790 0.916 0.857 0.840 0.953
        td-hm_ViTPose-small-simple_8xb64-210e_coco-256x192-4c101a76_20230314  vit-small-simple  0.736 0.900 0.811 0.790 0.940
        td-hm_ViTPose-base-simple_8xb64-210e_coco-256x192-0b8234ea_20230407   vit-base-simple   0.756 0.906 0.826 0.809 0.946
        td-hm_ViTPose-large-simple_8xb64-210e_coco-256x192-3a7ee9e1_20230314  vit-large-simple  0.780 0.914 0.851 0.833 0.952
        td-hm_ViTPose-huge-simple_8xb64-210e_coco-256x192-ffd48c05_20230314   vit-huge-simple   0.789 0.916 0.856 0.839 0.953
        """),
    ZooTable(
      dataSet: "human-art", keypointSet: "coco17", codec: .udp, folder: "v1/body_2d_keypoint/topdown_heatmap/human_art",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_ViTPose-small_8xb64-210e_humanart-256x192-5cbe2bfc_20230611  vit-small  0.381 0.532 0.405 0.448 0.602
        td-hm_ViTPose-base_8xb64-210e_humanart-256x192-b417f546_20230611   vit-base   0.410 0.549 0.434 0.475 0.615
        td-hm_ViTPose-large_8xb64-210e_humanart-256x192-9aba9345_20230614  vit-large  0.459 0.592 0.487 0.525 0.656
        td-hm_ViTPose-huge_8xb64-210e_humanart-256x192-603bb573_20230612   vit-huge   0.468 0.594 0.498 0.534 0.655
        """),
  ]
}
