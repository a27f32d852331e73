/// SimCC (Li et al., 2022), with the figures of the tables of mmpose.
extension ZooTable {
  static let simCC = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .simcc, folder: "v1/body_2d_keypoint/simcc/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        simcc_res50_8xb64-210e_coco-256x192-8e0f5b59_20220919                 simcc-res50        0.721 0.897 0.798 0.781 0.937
        simcc_res50_8xb32-140e_coco-384x288-45c3ba34_20220913                 simcc-res50        0.735 0.899 0.800 0.790 0.939
        simcc_mobilenetv2_wo-deconv-8xb64-210e_coco-256x192-4b0703bb_20221010 simcc-mobilenetv2  0.620 0.855 0.697 0.678 0.902
        simcc_vipnas-mbv3_8xb64-210e_coco-256x192-719f3489_20220922           simcc-vipnas-mbv3  0.695 0.883 0.772 0.755 0.927
        """)
  ]
}
