extension Skeleton {
  /// COCO-WholeBody, body 17, feet 6, face 68, left and right hand 21 each: Jin et al., *Whole-Body Human Pose
  /// Estimation in the Wild*, ECCV 2020; its own sigmas.
  public static let wholeBody133 = Skeleton(
    name: "wholebody133",
    joints: coco17.joints.map { ($0.name, $0.sigma) } + feet + face + hand(.left) + hand(.right),
    mirrored: mirroredFace.map { ($0 + faceStart, $1 + faceStart) },
    left: coco17.limbs(.left) + [(15, 17), (15, 18), (15, 19)] + fingers(root: 91),
    right: coco17.limbs(.right) + [(16, 20), (16, 21), (16, 22)] + fingers(root: 112),
    center: coco17.limbs(.center))

  /// UBody labels the points of COCO-WholeBody: Lin et al., *One-Stage 3D Whole-Body Mesh Recovery with Component
  /// Aware Transformer*, CVPR 2023.
  public static let ubody133 = wholeBody133.renamed("ubody133")

  private static let feet: [(String, Double)] = [
    ("left_big_toe", 0.068), ("left_small_toe", 0.066), ("left_heel", 0.066),
    ("right_big_toe", 0.092), ("right_small_toe", 0.094), ("right_heel", 0.094),
  ]

  private static let faceStart = 23

  /// The 68 points of iBUG 300-W: jaw 0…16, brows 17…26, nose 27…35, eyes 36…47, mouth 48…67.
  private static let face: [(String, Double)] = [
    0.042, 0.043, 0.044, 0.043, 0.04, 0.035, 0.031, 0.025, 0.02, 0.023, 0.029, 0.032, 0.037, 0.038, 0.043, 0.041,
    0.045, 0.013, 0.012, 0.011, 0.011, 0.012, 0.012, 0.011, 0.011, 0.013, 0.015, 0.009, 0.007, 0.007, 0.007, 0.012,
    0.009, 0.008, 0.016, 0.01, 0.017, 0.011, 0.009, 0.011, 0.009, 0.007, 0.013, 0.008, 0.011, 0.012, 0.01, 0.034,
    0.008, 0.008, 0.009, 0.008, 0.008, 0.007, 0.01, 0.008, 0.009, 0.009, 0.009, 0.007, 0.007, 0.008, 0.011, 0.008,
    0.008, 0.008, 0.01, 0.008,
  ].enumerated().map { ("face-\($0)", $1) }

  /// Pairs of face points that change places in a mirrored picture, the person's right first.
  private static let mirroredFace: [(Int, Int)] =
    [
      (0, 16), (1, 15), (2, 14), (3, 13), (4, 12), (5, 11), (6, 10), (7, 9),
      (17, 26), (18, 25), (19, 24), (20, 23), (21, 22),
      (31, 35), (32, 34),
      (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46),
      (48, 54), (49, 53), (50, 52), (59, 55), (58, 56), (60, 64), (61, 63), (67, 65),
    ]

  private static let handSigmas = [
    0.029, 0.022, 0.035, 0.037, 0.047, 0.026, 0.025, 0.024, 0.035, 0.018, 0.024, 0.022, 0.026, 0.017, 0.021, 0.021,
    0.032, 0.02, 0.019, 0.022, 0.031,
  ]

  private static func hand(_ side: Side) -> [(String, Double)] {
    let fingers = ["thumb", "forefinger", "middle_finger", "ring_finger", "pinky_finger"]
    let names = ["hand_root"] + fingers.flatMap { finger in (1...4).map { "\(finger)\($0)" } }
    return zip(names, handSigmas).map { ("\(side.rawValue)_\($0)", $1) }
  }

  /// Five chains of four from the root of a hand.
  private static func fingers(root: Int) -> [(Int, Int)] {
    (0..<5).flatMap { finger in
      (1...4).map { (($0 == 1) ? root : root + finger * 4 + $0 - 1, root + finger * 4 + $0) }
    }
  }
}
