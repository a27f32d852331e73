extension Skeleton {
  /// The keypoint sets that the program knows by name.
  public static let all: [Skeleton] = [
    coco17, wholeBody133, mpii16, trb40, aic14, crowdPose14, ochuman17, poseTrack18, halpe26, ubody133, mhp16,
    openPose25, openPose18, openPose137, openPose130,
  ]

  /// The keypoint set of that name, or of the data set that mmpose calls so (`coco_wholebody` for `wholebody133`).
  public static func named(_ name: String) -> Skeleton? {
    let wanted = dataSets[name] ?? name
    return all.first { $0.name == wanted }
  }

  private static let dataSets = [
    "coco": "coco17", "coco_wholebody": "wholebody133", "mpii": "mpii16", "mpii_trb": "trb40", "aic": "aic14",
    "crowdpose": "crowdpose14", "ochuman": "ochuman17", "halpe": "halpe26", "ubody2d": "ubody133",
    "mhp": "mhp16",
  ]
}

extension Skeleton {
  public var sigmas: [Double] { joints.map(\.sigma) }

  /// For every joint the one that takes its place in a mirrored picture.
  public var flipIndices: [Int] { joints.map(\.flipIndex) }

  /// The index of the joint of that name.
  public func index(of name: String) -> Int? { joints.firstIndex { $0.name == name } }
}
