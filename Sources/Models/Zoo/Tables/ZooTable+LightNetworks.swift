/// MobileNetV2 and Lite-HRNet, with the figures of the tables of mmpose.
extension ZooTable {
  static let lightNetworks = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/litehrnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        litehrnet18_coco_256x192-6bace359_20211230  litehrnet18  0.643 0.868 0.720 0.706 0.912
        litehrnet18_coco_384x288-8d4dac48_20211230  litehrnet18  0.677 0.878 0.746 0.735 0.920
        litehrnet30_coco_256x192-4176555b_20210626  litehrnet30  0.675 0.881 0.754 0.736 0.924
        litehrnet30_coco_384x288-a3aef5c4_20210626  litehrnet30  0.700 0.884 0.776 0.758 0.928
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/mobilenetv2",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        mobilenetv2_coco_256x192-d1e58e7b_20200727  mobilenetv2  0.646 0.874 0.723 0.707 0.917
        mobilenetv2_coco_384x288-26be4816_20200727  mobilenetv2  0.673 0.879 0.743 0.729 0.916
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .classic, folder: "top_down/litehrnet",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        litehrnet18_mpii_256x256-cabd7984_20210623  litehrnet18  0.859 0.260
        litehrnet30_mpii_256x256-faae8bd8_20210622  litehrnet30  0.869 0.271
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .classic, folder: "top_down/mobilenetv2",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        mobilenetv2_mpii_256x256-e068afa7_20200812  mobilenetv2  0.854 0.235
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_mobilenetv2_8xb64-210e_coco-256x192-55a04c35_20221016  mobilenetv2  0.648 0.874 0.725 0.709 0.918
        td-hm_mobilenetv2_8xb64-210e_coco-384x288-d3ab1457_20221013  mobilenetv2  0.677 0.882 0.746 0.734 0.920
        """),
  ]
}
