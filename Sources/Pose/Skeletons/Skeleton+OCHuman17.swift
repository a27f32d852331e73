extension Skeleton {
  /// OCHuman labels the joints of COCO: Zhang et al., *Pose2Seg: Detection Free Human Instance Segmentation*, CVPR 2019.
  public static let ochuman17 = coco17.renamed("ochuman17")
}
