internal import Imaging
internal import Pose

/// How the joints and limbs of a skeleton look, worked out once from its names.
struct SkeletonStyle: Sendable {
  /// The side whose colour each joint has: those of the head count as the middle, as in COCO's drawings.
  let jointSides: [Skeleton.Side]
  /// The sizes of joints and limbs beside those of a body's: hands and faces are drawn finer, and so is all of a
  /// skeleton with many joints.
  let jointScales: [Double]
  let limbScales: [Double]

  init(_ skeleton: Skeleton) {
    let words = skeleton.joints.map { Set($0.name.lowercased().split { "_- ".contains($0) }.map(String.init)) }
    let isFine = words.map { !$0.isDisjoint(with: Self.fineParts) }
    let bodyJoints = max(1, isFine.count { !$0 })
    let density = min(1, max(0.6, (20 / Double(bodyJoints)).squareRoot()))
    let connected = Set(skeleton.limbs.flatMap { [$0.from, $0.to] })
    jointSides = zip(skeleton.joints, words).map { joint, words in
      words.isDisjoint(with: Self.headParts) ? joint.side : .center
    }
    jointScales = isFine.enumerated().map { index, isFine in
      density * (isFine ? (connected.contains(index) ? 0.42 : 0.34) : 1)
    }
    limbScales = skeleton.limbs.map { limb in
      let ends = [limb.from, limb.to].filter(isFine.indices.contains)
      return density * (ends.contains { isFine[$0] } ? 0.45 : 1)
    }
  }

  private static let headParts: Set = ["nose", "eye", "ear", "head", "neck", "face", "mouth", "chin"]
  private static let fineParts: Set = ["face", "hand", "thumb", "forefinger", "finger"]

  static func colour(_ side: Skeleton.Side) -> Colour {
    switch side {
    case .left: Colour(0, 255, 0)
    case .right: Colour(255, 128, 0)
    case .center: Colour(51, 153, 255)
    }
  }
}
