/// HRNet (Sun et al., 2019) with DARK (2020) and UDP (2020), with the figures of the tables of mmpose.
extension ZooTable {
  static let hrnet = [
    ZooTable(
      dataSet: "aic", keypointSet: "aic14", codec: .classic, folder: "top_down/hrnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_aic_256x192-30a4e465_20200826  hrnet-w32  0.323 0.762 0.219 0.366 0.789
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/augmentation",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_256x192_coarsedropout-0f16a0ce_20210320  hrnet-w32  0.753 0.908 0.822 0.806 0.946
        hrnet_w32_coco_256x192_gridmask-868180df_20210320       hrnet-w32  0.752 0.906 0.825 0.804 0.943
        hrnet_w32_coco_256x192_photometric-308cf591_20210320    hrnet-w32  0.753 0.909 0.825 0.805 0.943
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/hrnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_256x192-c78dce93_20200708               hrnet-w32  0.746 0.904 0.819 0.799 0.942
        hrnet_w32_coco_384x288-d9f0d786_20200708               hrnet-w32  0.760 0.906 0.829 0.810 0.943
        hrnet_w48_coco_256x192-b9e0b3ab_20200708               hrnet-w48  0.756 0.907 0.825 0.806 0.942
        hrnet_w48_coco_384x288-314c8528_20200708               hrnet-w48  0.767 0.910 0.831 0.816 0.946
        hrnet_w32_coco_256x192_fp16_dynamic-290efc2e_20210430  hrnet-w32  0.746 0.905 0.88 0.800 0.943
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .dark, folder: "top_down/hrnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_256x192_dark-07f147eb_20200812  hrnet-w32  0.757 0.907 0.823 0.808 0.943
        hrnet_w32_coco_384x288_dark-307dafc2_20210203  hrnet-w32  0.766 0.907 0.831 0.815 0.943
        hrnet_w48_coco_256x192_dark-8cba3197_20200812  hrnet-w48  0.764 0.907 0.830 0.814 0.943
        hrnet_w48_coco_384x288_dark-e881a4b6_20210203  hrnet-w48  0.772 0.910 0.836 0.820 0.946
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .udp, folder: "top_down/udp",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_256x192_udp-aba0be42_20210220  hrnet-w32  0.760 0.907 0.827 0.811 0.945
        hrnet_w32_coco_384x288_udp-e97c1a0f_20210223  hrnet-w32  0.769 0.908 0.833 0.817 0.944
        hrnet_w48_coco_256x192_udp-2554c524_20210223  hrnet-w48  0.767 0.906 0.834 0.817 0.945
        hrnet_w48_coco_384x288_udp-0f89c63e_20210223  hrnet-w48  0.772 0.910 0.835 0.820 0.945
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .udpCombined, folder: "top_down/udp",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        hrnet_w32_coco_256x192_udp_regress-be2dbba4_20210222  hrnet-w32  0.758 0.908 0.823 0.812 0.943
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14", codec: .classic, folder: "top_down/hrnet",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"],
      rows: """
        hrnet_w32_crowdpose_256x192-960be101_20201227  hrnet-w32  0.675 0.825 0.729 0.770 0.687 0.553
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .dark, folder: "top_down/hrnet",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        hrnet_w32_mpii_256x256_dark-f1601c5b_20200927  hrnet-w32  0.904 0.354
        hrnet_w48_mpii_256x256_dark-0decd39f_20200927  hrnet-w48  0.905 0.360
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .classic, folder: "top_down/hrnet",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        hrnet_w32_mpii_256x256-6c4f923f_20200812  hrnet-w32  0.900 0.334
        hrnet_w48_mpii_256x256-92cab7bd_20200812  hrnet-w48  0.901 0.337
        """),
    ZooTable(
      dataSet: "posetrack18", keypointSet: "posetrack18", codec: .classic, folder: "top_down/hrnet",
      figures: ["Head", "Shou", "Elb", "Wri", "Hip", "Knee", "Ankl", "Total"],
      rows: """
        hrnet_w32_posetrack18_256x192-1ee951c4_20201028  hrnet-w32  87.4 88.6 84.3 78.5 79.7 81.8 78.8 83.0
        hrnet_w32_posetrack18_384x288-806f00a3_20211130  hrnet-w32  87.0 88.8 85.0 80.1 80.5 82.6 79.4 83.6
        hrnet_w48_posetrack18_256x192-b5d9b3f1_20211130  hrnet-w48  88.2 90.1 85.8 80.8 80.7 83.3 80.3 84.4
        hrnet_w48_posetrack18_384x288-5fd6d3ff_20211130  hrnet-w48  87.8 90.0 85.9 81.3 81.1 83.3 80.9 84.5
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .classic, folder: "top_down/hrnet",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        hrnet_w32_coco_wholebody_256x192-853765cd_20200918  hrnet-w32  0.700 0.746 0.567 0.645 0.637 0.688 0.473 0.546 0.553 0.626
        hrnet_w32_coco_wholebody_384x288-78cacac3_20200922  hrnet-w32  0.701 0.773 0.586 0.692 0.727 0.783 0.516 0.604 0.586 0.674
        hrnet_w48_coco_wholebody_256x192-643e18cb_20200922  hrnet-w48  0.700 0.776 0.672 0.785 0.656 0.743 0.534 0.639 0.579 0.681
        hrnet_w48_coco_wholebody_384x288-6e061c6a_20200922  hrnet-w48  0.722 0.790 0.694 0.799 0.777 0.834 0.587 0.679 0.631 0.716
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .dark, folder: "top_down/hrnet",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        hrnet_w32_coco_wholebody_256x192_dark-469327ef_20200922  hrnet-w32  0.694 0.764 0.565 0.674 0.736 0.808 0.503 0.602 0.582 0.671
        hrnet_w48_coco_wholebody_384x288_dark-f5726563_20200918  hrnet-w48  0.742 0.807 0.705 0.804 0.840 0.892 0.602 0.694 0.661 0.743
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_hrnet-w32_8xb64-210e_coco-256x192-81c58e40_20220909              hrnet-w32    0.749 0.906 0.821 0.804 0.945
        td-hm_hrnet-w32_8xb64-210e_coco-384x288-ca5956af_20220909              hrnet-w32    0.761 0.908 0.826 0.811 0.944
        td-hm_hrnet-w48_8xb32-210e_coco-256x192-0e67c616_20220913              hrnet-w48    0.756 0.908 0.826 0.809 0.945
        td-hm_hrnet-w48_8xb32-210e_coco-384x288-c161b7de_20220915              hrnet-w48    0.767 0.911 0.832 0.817 0.947
        td-hm_hrnet-w32_8xb64-210e_coco-aic-256x192-merge-a9ea6d77_20230818    hrnet-w32    0.756 0.907 0.828 0.809 0.944
        td-hm_hrnet-w32_8xb64-210e_coco-aic-256x192-combine-458125cc_20230818  hrnet-w32+2  0.755 0.904 0.825 0.807 0.942
        td-hm_hrnet-w32_fp16-8xb64-210e_coco-256x192-f1e84e3b_20220914         hrnet-w32    0.749 0.907 0.822 0.802 0.946
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"], namesEndInDate: true,
      rows: """
        td-hm_hrnet-w32_8xb64-210e_coco-aic-256x192-merge-b05435b9_20221025    hrnet-w32    0.757 0.907 0.829 0.809 0.944
        td-hm_hrnet-w32_8xb64-210e_coco-aic-256x192-combine-4ce66880_20221026  hrnet-w32+2  0.756 0.906 0.826 0.807 0.943
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .dark, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"], blurKernel: 11,
      rows: """
        td-hm_hrnet-w32_dark-8xb64-210e_coco-256x192-0e00bf12_20220914  hrnet-w32  0.757 0.907 0.825 0.807 0.943
        td-hm_hrnet-w32_dark-8xb64-210e_coco-384x288-9bab4c9b_20220917  hrnet-w32  0.766 0.907 0.829 0.815 0.943
        td-hm_hrnet-w48_dark-8xb32-210e_coco-256x192-e1ebdd6f_20220913  hrnet-w48  0.764 0.907 0.831 0.814 0.942
        td-hm_hrnet-w48_dark-8xb32-210e_coco-384x288-39c3c381_20220916  hrnet-w48  0.772 0.911 0.833 0.821 0.948
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .udp, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"], blurKernel: 11,
      rows: """
        td-hm_hrnet-w32_udp-8xb64-210e_coco-256x192-73ede547_20220914  hrnet-w32  0.762 0.907 0.829 0.810 0.942
        td-hm_hrnet-w32_udp-8xb64-210e_coco-384x288-9a3f7c85_20220914  hrnet-w32  0.768 0.909 0.832 0.815 0.945
        td-hm_hrnet-w48_udp-8xb32-210e_coco-256x192-3feaef8f_20220913  hrnet-w48  0.768 0.908 0.833 0.817 0.945
        td-hm_hrnet-w48_udp-8xb32-210e_coco-384x288-70d7ab01_20220913  hrnet-w48  0.773 0.911 0.836 0.821 0.946
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .udpCombined, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_hrnet-w32_udp-regress-8xb64-210e_coco-256x192-9c0b77b4_20220926  hrnet-w32  0.759 0.907 0.827 0.813 0.943
        """),
    ZooTable(
      dataSet: "human-art", keypointSet: "coco17", codec: .classic,
      folder: "v1/body_2d_keypoint/topdown_heatmap/human_art",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_hrnet-w32_8xb64-210e_humanart-256x192-0773ef0b_20230614  hrnet-w32  0.399 0.545 0.420 0.466 0.613
        td-hm_hrnet-w48_8xb32-210e_humanart-256x192-05178983_20230614  hrnet-w48  0.417 0.553 0.442 0.481 0.617
        """),
    ZooTable(
      dataSet: "ubody", keypointSet: "ubody133", codec: .classic, folder: "v1/wholebody_2d_keypoint/ubody",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        td-hm_hrnet-w32_8xb64-210e_ubody-coco-256x192-7c227391_20230807  hrnet-w32  0.685 0.759 0.564 0.675 0.625 0.705 0.516 0.609 0.549 0.646
        """),
  ]
}
