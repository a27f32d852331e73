/// CSPNeXt with UDP (of the RTMPose project, 2023), with the figures of the tables of mmpose.
extension ZooTable {
  static let cspnext = [
    ZooTable(
      dataSet: "coco", keypointSet: "coco17", codec: .udp, folder: "v1/projects/rtmposev1",
      figures: ["AP", "AP50", "AP75", "AR", "AR50"],
      rows: """
        cspnext-tiny_udp-coco_pt-in1k_210e-256x192-0908dd2d_20230123  cspnext-t    0.665 0.874 0.723 0.723 0.917
        cspnext-s_udp-coco_pt-in1k_210e-256x192-92dbfc1d_20230123     cspnext-s    0.697 0.886 0.776 0.753 0.929
        cspnext-m_udp-coco_pt-in1k_210e-256x192-95f5967e_20230123     cspnext-m    0.732 0.896 0.806 0.785 0.937
        cspnext-l_udp-coco_pt-in1k_210e-256x192-661cdd8c_20230123     cspnext-l    0.750 0.904 0.822 0.800 0.941
        cspnext-tiny_udp-aic-coco_210e-256x192-cbed682d_20230130      cspnext-t+2  0.655 0.884 0.731 0.689 0.890
        cspnext-s_udp-aic-coco_210e-256x192-92f5a029_20230130         cspnext-s+2  0.700 0.905 0.783 0.733 0.918
        cspnext-m_udp-aic-coco_210e-256x192-f2f7d6f6_20230130         cspnext-m+2  0.748 0.925 0.818 0.777 0.933
        cspnext-l_udp-aic-coco_210e-256x192-273b7631_20230130         cspnext-l+2  0.772 0.936 0.839 0.799 0.943
        """),
    // Trained on seven data sets. mmpose publishes figures and checkpoints but no configuration: heads and crops are taken to
    // be those of the models trained on COCO alone. A checkpoint of other heads is refused when it is loaded.
    ZooTable(
      dataSet: "body8", keypointSet: "coco17", codec: .udp, folder: "v1/projects/rtmposev1",
      figures: ["AP(COCO)", "PCK@0.2(Body8)", "AUC(Body8)"], blurKernel: 11,
      rows: """
        cspnext-tiny_udp-body7_210e-256x192-a3775292_20230504  cspnext-t  65.9 96.34 63.80
        cspnext-s_udp-body7_210e-256x192-8c9ccbdb_20230504     cspnext-s  68.7 96.59 64.92
        cspnext-m_udp-body7_210e-256x192-e0c9327b_20230504     cspnext-m  73.7 97.42 68.19
        cspnext-l_udp-body7_210e-256x192-5e9558ef_20230504     cspnext-l  75.7 97.76 69.57
        cspnext-m_udp-body7_210e-384x288-b9bc2b57_20230504     cspnext-m  75.8 97.60 70.18
        cspnext-l_udp-body7_210e-384x288-b15bc30d_20230504     cspnext-l  77.2 97.89 71.23
        cspnext-x_udp-body7_210e-384x288-d28b58e6_20230529     cspnext-x  78.1 98.00 71.79
        """),
    ZooTable(
      dataSet: "crowdpose", keypointSet: "crowdpose14", codec: .udp, folder: "v1/projects/rtmposev1",
      figures: ["AP", "AP50", "AP75", "AP (E)", "AP (M)", "AP (H)"], usesPlainCrop: true,
      rows: """
        cspnext-m_udp-crowdpose_pt-in1k_210e-256x192-f591079f_20230123  cspnext-m  0.662 0.821 0.723 0.759 0.675 0.539
        """),
    ZooTable(
      dataSet: "mpii", keypointSet: "mpii16", codec: .udp, folder: "v1/projects/rtmposev1",
      figures: ["Mean", "Mean@0.1"], usesPlainCrop: true,
      rows: """
        cspnext-m_udp-mpii_pt-in1k_210e-256x256-68d0402f_20230208  cspnext-m  0.902 0.303
        """),
    ZooTable(
      dataSet: "coco-wholebody", keypointSet: "wholebody133", codec: .udp, folder: "v1/projects/rtmposev1",
      figures: [
        "Body AP", "Body AR", "Foot AP", "Foot AR", "Face AP", "Face AR", "Hand AP", "Hand AR", "Whole AP", "Whole AR",
      ],
      usesPlainCrop: true,
      rows: """
        cspnext-m_udp-coco-wholebody_pt-in1k_210e-256x192-320fa258_20230123  cspnext-m  0.687 0.735 0.680 0.763 0.697 0.755 0.460 0.543 0.567 0.641
        """),
  ]
}
