/// ViPNAS (Xu et al., 2021), with the figures of the tables of mmpose.
extension ZooTable {
  static let viPNAS = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/vipnas",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        vipnas_mbv3_coco_256x192-7018731a_20211122   vipnas-mbv3   0.700 0.887 0.778 0.757 0.929
        vipnas_res50_coco_256x192-cc43b466_20210624  vipnas-res50  0.711 0.893 0.789 0.769 0.934
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .classic, folder: "top_down/vipnas",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        vipnas_mbv3_coco_wholebody_256x192-0fee581a_20211205  vipnas-mbv3   0.619 0.700 0.477 0.608 0.585 0.689 0.386 0.505 0.473 0.578
        vipnas_res50_wholebody_256x192-49e1c3a4_20211112      vipnas-res50  0.643 0.726 0.553 0.694 0.587 0.698 0.410 0.529 0.495 0.607
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .dark, folder: "top_down/vipnas",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        vipnas_mbv3_coco_wholebody_256x192_dark-e2158108_20211205  vipnas-mbv3   0.632 0.710 0.530 0.660 0.672 0.771 0.404 0.519 0.508 0.607
        vipnas_res50_wholebody_256x192_dark-67c0ce35_20211112      vipnas-res50  0.650 0.732 0.550 0.686 0.684 0.784 0.437 0.554 0.528 0.632
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_vipnas-mbv3_8xb64-210e_coco-256x192-e0987441_20221010   vipnas-mbv3   0.700 0.887 0.783 0.758 0.929
        td-hm_vipnas-res50_8xb64-210e_coco-256x192-35d4bff9_20220917  vipnas-res50  0.711 0.894 0.787 0.769 0.934
        """),
  ]
}
