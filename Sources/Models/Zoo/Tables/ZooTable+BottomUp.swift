/// Associative embedding (Newell et al., 2017) on HRNet, ResNet, MobileNetV2 and hourglasses, and HigherHRNet (Cheng et al., 2020), plain and with
/// UDP (2020), with the figures of the tables of mmpose: of one size of the picture, with flip test.
extension ZooTable {
  static let bottomUp = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .groupedUDP, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"], namesEndInDate: true,
      rows: """
        hrnet_w32_coco_512x512_udp-7f47d165_20210104       hrnet-w32-ae     0.667 0.861 0.719 0.713 0.887
        hrnet_w48_coco_512x512_udp-3eef00d9_20210203       hrnet-w48-ae     0.680 0.870 0.731 0.725 0.892
        higher_hrnet32_coco_512x512_udp-83e65040_20210104  higherhrnet-w32  0.674 0.868 0.722 0.716 0.890
        higher_hrnet48_coco_512x512_udp-2ab10e33_20210203  higherhrnet-w48  0.688 0.871 0.742 0.731 0.891
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .groupedUDP, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_512x512_udp-91663bf9_20210220       hrnet-w32-ae     0.671 0.863 0.729 0.717 0.889
        hrnet_w48_coco_512x512_udp-de08fd8c_20210222       hrnet-w48-ae     0.681 0.872 0.741 0.725 0.892
        higher_hrnet32_coco_512x512_udp-8cc64794_20210222  higherhrnet-w32  0.678 0.862 0.736 0.724 0.890
        higher_hrnet48_coco_512x512_udp-7cad61ef_20210222  higherhrnet-w48  0.690 0.872 0.750 0.734 0.891
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .grouped, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_512x512-bcb8c247_20200816       hrnet-w32-ae     0.654 0.863 0.720 0.710 0.892
        hrnet_w48_coco_512x512-cf72fcdf_20200816       hrnet-w48-ae     0.665 0.860 0.727 0.716 0.889
        higher_hrnet32_coco_512x512-8ae85183_20200713  higherhrnet-w32  0.677 0.870 0.738 0.723 0.890
        higher_hrnet32_coco_640x640-a22fe938_20200712  higherhrnet-w32  0.686 0.871 0.747 0.733 0.898
        higher_hrnet48_coco_512x512-60fedcbc_20200712  higherhrnet-w48  0.686 0.873 0.741 0.731 0.892
        res50_coco_512x512-5521bead_20200816           resnet50-ae      0.466 0.742 0.479 0.552 0.797
        res50_coco_640x640-2046f9cb_20200822           resnet50-ae      0.479 0.757 0.487 0.566 0.810
        res101_coco_512x512-e0c95157_20200816          resnet101-ae     0.554 0.807 0.599 0.622 0.841
        res152_coco_512x512-364eb38d_20200822          resnet152-ae     0.595 0.829 0.648 0.651 0.856
        mobilenetv2_coco_512x512-4d96e309_20200816     mobilenetv2-ae   0.380 0.671 0.368 0.473 0.741
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .groupedAligned, folder: "bottom_up/hourglass_ae",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hourglass_ae_coco_512x512-90af499f_20210920  hourglass-ae  0.613 0.833 0.667 0.659 0.850
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .grouped1, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        ae_hrnet-w32_8xb24-300e_coco-512x512=hrnet_w32_coco_512x512-bcb8c247_20200816  hrnet-w32-ae  0.656 0.864 0.719 0.711 0.893
        """),
    ZooTable(
      dataSet: "aic", keypointSet: "aic14", codec: .grouped, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_aic_512x512-77e2a98a_20210131       hrnet-w32-ae     0.303 0.697 0.225 0.373 0.755
        higher_hrnet32_aic_512x512-9a674c33_20210130  higherhrnet-w32  0.315 0.710 0.243 0.379 0.757
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14", codec: .grouped, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"],
      rows: """
        higher_hrnet32_crowdpose_512x512-1aa4a132_20201017  higherhrnet-w32  0.655 0.859 0.705 0.728 0.660 0.577
        """),
    ZooTable(
      dataSet: "mhp", keypointSet: "mhp16", codec: .grouped, folder: "bottom_up",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w48_mhp_512x512-85a6ab6f_20201229  hrnet-w48-ae  0.583 0.895 0.666 0.656 0.931
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .grouped, folder: "bottom_up",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        hrnet_w32_coco_wholebody_512x512_plus-f1f1185c_20210517       hrnet-w32-ae     0.551 0.650 0.271 0.451 0.564 0.618 0.159 0.238 0.342 0.453
        hrnet_w48_coco_wholebody_512x512_plus-4de8a695_20210517       hrnet-w48-ae     0.592 0.686 0.443 0.595 0.619 0.674 0.347 0.438 0.422 0.532
        higher_hrnet32_coco_wholebody_512x512_plus-2fa137ab_20210517  higherhrnet-w32  0.590 0.672 0.185 0.335 0.676 0.721 0.212 0.298 0.401 0.493
        higher_hrnet48_coco_wholebody_512x512_plus-934f08aa_20210517  higherhrnet-w48  0.630 0.706 0.440 0.573 0.730 0.777 0.389 0.477 0.487 0.574
        """),
  ]
}
