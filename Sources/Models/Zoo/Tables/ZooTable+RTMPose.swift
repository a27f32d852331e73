/// RTMPose (Jiang et al., 2023), with the figures of the tables of mmpose.
extension ZooTable {
  static let rtmpose = [
    ZooTable(
      dataSet: "body8", keypointSet: "coco17", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["AP(COCO)", "PCK@0.1(Body8)", "AUC(Body8)", "EPE(Body8)"],
      rows: """
        rtmpose-t_simcc-body7_pt-body7_420e-256x192-026a1439_20230504  rtmpose-t  65.9 91.44 63.18 19.45
        rtmpose-s_simcc-body7_pt-body7_420e-256x192-acd4a1ef_20230504  rtmpose-s  69.7 92.45 65.15 17.85
        rtmpose-m_simcc-body7_pt-body7_420e-256x192-e48f03d0_20230504  rtmpose-m  74.9 94.25 68.59 15.12
        rtmpose-l_simcc-body7_pt-body7_420e-256x192-4dba18fc_20230504  rtmpose-l  76.7 95.08 70.14 13.79
        rtmpose-m_simcc-body7_pt-body7_420e-384x288-65e718c4_20230504  rtmpose-m  76.6 94.64 70.38 13.98
        rtmpose-l_simcc-body7_pt-body7_420e-384x288-3f5a1437_20230504  rtmpose-l  78.3 95.36 71.58 13.08
        """),
    ZooTable(
      dataSet: "body8", keypointSet: "coco17", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["AP(COCO)"],
      rows: """
        rtmpose-x_simcc-body7_pt-body7_700e-384x288-71d7b7e9_20230629  rtmpose-x  78.8
        """),
    ZooTable(
      dataSet: "halpe26", keypointSet: "halpe26", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["PCK@0.1(Body8)", "AUC(Body8)"],
      rows: """
        rtmpose-t_simcc-body7_pt-body7-halpe26_700e-256x192-6020f8a6_20230605  rtmpose-t  91.89 66.35
        rtmpose-s_simcc-body7_pt-body7-halpe26_700e-256x192-7f134165_20230605  rtmpose-s  93.01 68.62
        rtmpose-m_simcc-body7_pt-body7-halpe26_700e-256x192-4d3e73dd_20230605  rtmpose-m  94.75 71.91
        rtmpose-l_simcc-body7_pt-body7-halpe26_700e-256x192-2abb7558_20230605  rtmpose-l  95.37 73.19
        rtmpose-m_simcc-body7_pt-body7-halpe26_700e-384x288-89e6428b_20230605  rtmpose-m  95.15 73.56
        rtmpose-l_simcc-body7_pt-body7-halpe26_700e-384x288-734182ce_20230605  rtmpose-l  95.56 74.38
        rtmpose-x_simcc-body7_pt-body7-halpe26_700e-384x288-7fb6e239_20230606  rtmpose-x  95.74 74.82
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        rtmpose-tiny_simcc-coco_pt-aic-coco_420e-256x192-e613ba3f_20230127      rtmpose-t  0.682 0.883 0.759 0.736 0.920
        rtmpose-s_simcc-coco_pt-aic-coco_420e-256x192-8edcf0d7_20230127         rtmpose-s  0.716 0.892 0.789 0.768 0.929
        rtmpose-m_simcc-coco_pt-aic-coco_420e-256x192-d8dd5ca4_20230127         rtmpose-m  0.746 0.899 0.817 0.795 0.935
        rtmpose-l_simcc-coco_pt-aic-coco_420e-256x192-1352a4d2_20230127         rtmpose-l  0.758 0.906 0.826 0.806 0.942
        rtmpose-tiny_simcc-aic-coco_pt-aic-coco_420e-256x192-cfc8f33d_20230126  rtmpose-t  0.685 0.880 0.761 0.738 0.918
        rtmpose-s_simcc-aic-coco_pt-aic-coco_420e-256x192-fcb2599b_20230126     rtmpose-s  0.722 0.892 0.794 0.772 0.929
        rtmpose-m_simcc-aic-coco_pt-aic-coco_420e-256x192-63eb25f7_20230126     rtmpose-m  0.758 0.903 0.826 0.806 0.940
        rtmpose-l_simcc-aic-coco_pt-aic-coco_420e-256x192-f016ffe0_20230126     rtmpose-l  0.765 0.906 0.835 0.813 0.942
        rtmpose-m_simcc-aic-coco_pt-aic-coco_420e-384x288-a62a0b32_20230228     rtmpose-m  0.770 0.908 0.833 0.816 0.943
        rtmpose-l_simcc-aic-coco_pt-aic-coco_420e-384x288-97d6cb0f_20230228     rtmpose-l  0.773 0.907 0.835 0.819 0.942
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"],
      rows: """
        rtmpose-m_simcc-crowdpose_pt-aic-coco_210e-256x192-e6192cac_20230224  rtmpose-m  0.706 0.841 0.765 0.799 0.719 0.582
        """),
    ZooTable(
      dataSet: "human-art", keypointSet: "coco17", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        rtmpose-t_8xb256-420e_humanart-256x192-60b68c98_20230612  rtmpose-t  0.249 0.395 0.256 0.323 0.485
        rtmpose-s_8xb256-420e_humanart-256x192-5a3ac943_20230611  rtmpose-s  0.311 0.462 0.323 0.381 0.540
        rtmpose-m_8xb256-420e_humanart-256x192-8430627b_20230611  rtmpose-m  0.355 0.503 0.377 0.417 0.568
        rtmpose-l_8xb256-420e_humanart-256x192-389f2cb0_20230611  rtmpose-l  0.378 0.521 0.399 0.442 0.584
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        rtmpose-m_simcc-mpii_pt-aic-coco_210e-256x256-ec4dbec8_20230206  rtmpose-m  0.907 0.348
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        rtmpose-m_simcc-coco-wholebody_pt-aic-coco_270e-256x192-cd5e845c_20230123  rtmpose-m  0.673 0.750 0.615 0.752 0.813 0.871 0.475 0.589 0.582 0.674
        rtmpose-l_simcc-coco-wholebody_pt-aic-coco_270e-256x192-6f206314_20230124  rtmpose-l  0.695 0.769 0.658 0.785 0.833 0.887 0.519 0.628 0.611 0.700
        rtmpose-l_simcc-coco-wholebody_pt-aic-coco_270e-384x288-eaeb96c8_20230125  rtmpose-l  0.712 0.781 0.693 0.811 0.882 0.919 0.579 0.677 0.648 0.730
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .simcc, folder: "v1/projects/rtmposev1",
      figures: ["Whole AP", "Whole AR"],
      rows: """
        rtmpose-x_simcc-coco-wholebody_pt-body7_270e-384x288-401dfc90_20230629  rtmpose-x  65.3 73.3
        rtmpose-t_simcc-ucoco_dw-ucoco_270e-256x192-dcf277bf_20230728           rtmpose-t  48.5 58.4
        rtmpose-s_simcc-ucoco_dw-ucoco_270e-256x192-3fd922c8_20230728           rtmpose-s  53.8 63.2
        rtmpose-m_simcc-ucoco_dw-ucoco_270e-256x192-c8b76419_20230728           rtmpose-m  60.6 69.5
        rtmpose-l_simcc-ucoco_dw-ucoco_270e-256x192-4d6dfc62_20230728           rtmpose-l  63.1 71.7
        rtmpose-l_simcc-ucoco_dw-ucoco_270e-384x288-2438fd99_20230728           rtmpose-l  66.5 74.3
        """),
  ]
}
