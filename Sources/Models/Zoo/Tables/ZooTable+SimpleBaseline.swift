/// SimpleBaseline (Xiao et al., 2018) with ResNet and ResNetV1d, with the figures of the tables of mmpose.
extension ZooTable {
  static let simpleBaseline = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/resnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        res50_coco_256x192-ec54d7f3_20200709               resnet50   0.718 0.898 0.795 0.773 0.937
        res50_coco_384x288-e6f795e9_20200709               resnet50   0.731 0.900 0.799 0.783 0.931
        res101_coco_256x192-6e6babf0_20200708              resnet101  0.726 0.899 0.806 0.781 0.939
        res101_coco_384x288-8c71bdc9_20200709              resnet101  0.748 0.905 0.817 0.798 0.940
        res152_coco_256x192-f6e307c2_20200709              resnet152  0.735 0.905 0.812 0.790 0.943
        res152_coco_384x288-3860d4c9_20200709              resnet152  0.750 0.908 0.821 0.800 0.942
        res50_coco_256x192_fp16_dynamic-6edb79f3_20210430  resnet50   0.717 0.898 0.793 0.772 0.936
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .classic, folder: "top_down/resnet",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      rows: """
        res50_coco_wholebody_256x192-9e37ed88_20201004   resnet50   0.652 0.739 0.614 0.746 0.608 0.716 0.460 0.584 0.457 0.578
        res50_coco_wholebody_384x288-ce11e294_20201004   resnet50   0.666 0.747 0.635 0.763 0.732 0.812 0.537 0.647 0.573 0.671
        res101_coco_wholebody_256x192-7325f982_20201004  resnet101  0.670 0.754 0.640 0.767 0.611 0.723 0.463 0.589 0.533 0.647
        res101_coco_wholebody_384x288-6c137b9a_20201004  resnet101  0.692 0.770 0.680 0.798 0.747 0.822 0.549 0.658 0.597 0.692
        res152_coco_wholebody_256x192-5de8ae23_20201004  resnet152  0.682 0.764 0.662 0.788 0.624 0.728 0.482 0.606 0.548 0.661
        res152_coco_wholebody_384x288-eab8caa8_20201004  resnet152  0.703 0.780 0.693 0.813 0.751 0.825 0.559 0.667 0.610 0.705
        """),
    ZooTable(
      dataSet: "aic", keypointSet: "aic14", codec: .classic, folder: "top_down/resnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        res101_aic_256x192-79b35445_20200826  resnet101  0.650 0.947 0.726 0.680 0.954
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .classic, folder: "top_down/resnet",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        res50_mpii_256x256-418ffc88_20200812   resnet50   0.882 0.329
        res101_mpii_256x256-416f5d71_20200812  resnet101  0.887 0.333
        res152_mpii_256x256-3ecba29d_20200812  resnet152  0.890 0.347
        """),
    ZooTable(
      dataSet: "mpii-trb", keypointSet: "trb40", codec: .classic, folder: "top_down/resnet",
      figures: ["Skeleton Acc", "Contour Acc", "Mean Acc"],
      rows: """
        res50_mpii_trb_256x256-896036b8_20200812   resnet50   0.887 0.858 0.868
        res101_mpii_trb_256x256-cfad2f05_20200812  resnet101  0.890 0.863 0.873
        res152_mpii_trb_256x256-dd369ce6_20200812  resnet152  0.897 0.868 0.879
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14", codec: .classic, folder: "top_down/resnet",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"], namesEndInDate: true,
      rows: """
        res50_crowdpose_256x192-f1ddd03a_20201017   resnet50   0.634 0.805 0.689 0.742 0.646 0.503
        res101_crowdpose_256x192-ad003be3_20201017  resnet101  0.647 0.814 0.703 0.748 0.658 0.518
        res101_crowdpose_320x256-7723ede3_20201017  resnet101  0.659 0.819 0.713 0.757 0.669 0.536
        res152_crowdpose_256x192-a6507ad0_20201017  resnet152  0.653 0.815 0.710 0.751 0.665 0.526
        """),
    ZooTable(
      dataSet: "posetrack18", keypointSet: "posetrack18", codec: .classic, folder: "top_down/resnet",
      figures: ["Head", "Shou", "Elb", "Wri", "Hip", "Knee", "Ankl", "Total"],
      rows: """
        res50_posetrack18_256x192-a62807c7_20201028  resnet50  86.5 87.5 82.3 75.6 79.9 78.6 74.0 81.0
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .dark, folder: "top_down/resnet",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        res50_coco_256x192_dark-43379d20_20200709   resnet50   0.724 0.898 0.800 0.777 0.936
        res50_coco_384x288_dark-33d3e5e5_20210203   resnet50   0.735 0.900 0.801 0.785 0.937
        res101_coco_256x192_dark-64d433e6_20200812  resnet101  0.732 0.899 0.808 0.786 0.938
        res101_coco_384x288_dark-cb45c88d_20210203  resnet101  0.749 0.902 0.816 0.799 0.939
        res152_coco_256x192_dark-ab4840d5_20200812  resnet152  0.745 0.905 0.821 0.797 0.942
        res152_coco_384x288_dark-d3b8ebd7_20210203  resnet152  0.757 0.909 0.826 0.806 0.943
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "top_down/resnetv1d",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        resnetv1d50_coco_256x192-a243b840_20200727   resnetv1d50   0.722 0.897 0.799 0.777 0.933
        resnetv1d50_coco_384x288-01f3fbb9_20200727   resnetv1d50   0.730 0.900 0.799 0.780 0.934
        resnetv1d101_coco_256x192-5bd08cab_20200727  resnetv1d101  0.731 0.899 0.809 0.786 0.938
        resnetv1d101_coco_384x288-5f9e421d_20200730  resnetv1d101  0.748 0.902 0.816 0.799 0.939
        resnetv1d152_coco_256x192-c4df51dc_20200727  resnetv1d152  0.737 0.902 0.812 0.791 0.940
        resnetv1d152_coco_384x288-626c622d_20200730  resnetv1d152  0.752 0.909 0.821 0.802 0.944
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14", codec: .classic, folder: "top_down/resnet",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"],
      rows: """
        res50_crowdpose_256x192-c6a526b6_20201227   resnet50   0.637 0.808 0.692 0.739 0.650 0.506
        res101_crowdpose_256x192-8f5870f4_20201227  resnet101  0.647 0.810 0.703 0.744 0.658 0.522
        res101_crowdpose_320x256-c88c512a_20201227  resnet101  0.661 0.821 0.714 0.759 0.671 0.536
        res152_crowdpose_256x192-dbd49aba_20201227  resnet152  0.656 0.818 0.712 0.754 0.666 0.532
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .classic, folder: "top_down/resnetv1d",
      figures: ["Mean", "Mean@0.1"],
      rows: """
        resnetv1d50_mpii_256x256-2337a92e_20200812   resnetv1d50   0.881 0.290
        resnetv1d101_mpii_256x256-2851d710_20200812  resnetv1d101  0.883 0.295
        resnetv1d152_mpii_256x256-8b10a87c_20200812  resnetv1d152  0.888 0.300
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .classic, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_res50_8xb64-210e_coco-256x192-04af38ce_20220923                resnet50      0.718 0.898 0.796 0.774 0.934
        td-hm_res50_8xb64-210e_coco-384x288-7b8db90e_20220923                resnet50      0.731 0.900 0.799 0.782 0.937
        td-hm_res101_8xb64-210e_coco-256x192-065d3625_20220926               resnet101     0.728 0.904 0.809 0.783 0.942
        td-hm_res152_8xb32-210e_coco-256x192-0345f330_20220928               resnet152     0.736 0.904 0.818 0.791 0.942
        td-hm_res152_8xb32-210e_coco-384x288-7fbb906f_20220927               resnet152     0.750 0.908 0.821 0.800 0.942
        td-hm-vis_res50_8xb64-210e_coco-aic-256x192-merge-21815b2c_20230726  resnet50      0.729 0.900 0.807 0.783 0.938
        td-hm_res50_fp16-8xb64-210e_coco-256x192-463da051_20220927           resnet50      0.716 0.898 0.798 0.772 0.937
        td-hm_resnetv1d50_8xb64-210e_coco-256x192-27545d63_20221020          resnetv1d50   0.722 0.897 0.796 0.777 0.936
        td-hm_resnetv1d50_8xb64-210e_coco-384x288-0646b46e_20221020          resnetv1d50   0.730 0.899 0.800 0.782 0.935
        td-hm_resnetv1d101_8xb64-210e_coco-256x192-ee9e7212_20221021         resnetv1d101  0.732 0.901 0.808 0.785 0.940
        td-hm_resnetv1d101_8xb32-210e_coco-384x288-d0b5875f_20221028         resnetv1d101  0.748 0.906 0.817 0.798 0.941
        td-hm_resnetv1d152_8xb32-210e_coco-256x192-fd49f947_20221021         resnetv1d152  0.737 0.904 0.814 0.790 0.940
        td-hm_resnetv1d152_8xb48-210e_coco-384x288-b9a99602_20221022         resnetv1d152  0.751 0.907 0.821 0.801 0.942
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .dark, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"], blurKernel: 11,
      rows: """
        td-hm_res50_dark-8xb64-210e_coco-256x192-c129dcb6_20220926   resnet50   0.724 0.897 0.797 0.777 0.934
        td-hm_res50_dark-8xb64-210e_coco-384x288-8b90b538_20220926   resnet50   0.735 0.902 0.801 0.786 0.938
        td-hm_res101_dark-8xb64-210e_coco-256x192-528ec248_20220926  resnet101  0.733 0.900 0.810 0.786 0.938
        td-hm_res101_dark-8xb64-210e_coco-384x288-487d40a4_20220926  resnet101  0.749 0.905 0.818 0.799 0.940
        td-hm_res152_dark-8xb32-210e_coco-256x192-f754df5f_20221031  resnet152  0.743 0.906 0.819 0.796 0.943
        """),
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .dark, folder: "v1/body_2d_keypoint/topdown_heatmap/coco",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        td-hm_res152_dark-8xb32-210e_coco-384x288-329f8454_20221031  resnet152  0.755 0.907 0.825 0.805 0.943
        """),
  ]
}
