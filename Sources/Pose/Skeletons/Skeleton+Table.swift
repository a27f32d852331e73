extension Skeleton {
  /// A skeleton from the rows of a data set's table.
  ///
  /// Sides and mirror images follow from `left` and `right` in the names; points whose names say nothing are given as
  /// pairs in `mirrored`, the person's right first.
  init(
    name: String, joints rows: [(String, Double)], mirrored: [(Int, Int)] = [], left: [(Int, Int)],
    right: [(Int, Int)], center: [(Int, Int)]
  ) {
    let indices = Dictionary(rows.enumerated().map { ($1.0, $0) }, uniquingKeysWith: { first, _ in first })
    var joints = rows.enumerated().map { index, row in
      let (side, other) = Self.mirrorImage(of: row.0)
      return Joint(name: row.0, side: side, flipIndex: indices[other] ?? index, sigma: row.1)
    }
    for (right, left) in mirrored {
      (joints[right].flipIndex, joints[right].side) = (left, .right)
      (joints[left].flipIndex, joints[left].side) = (right, .left)
    }
    self.init(
      name: name, joints: joints,
      limbs: center.map { Limb($0, $1, side: .center) } + left.map { Limb($0, $1, side: .left) }
        + right.map { Limb($0, $1, side: .right) })
  }

  /// The side that a joint's name states, and the name of the joint opposite.
  private static func mirrorImage(of name: String) -> (side: Side, opposite: String) {
    var words = name.split(separator: "_").map(String.init)
    guard let index = words.firstIndex(where: { $0 == "left" || $0 == "right" }) else { return (.center, name) }
    let side: Side = words[index] == "left" ? .left : .right
    words[index] = side == .left ? "right" : "left"
    return (side, words.joined(separator: "_"))
  }

  func renamed(_ name: String) -> Skeleton { Skeleton(name: name, joints: joints, limbs: limbs) }

  /// The ends of the limbs of one side.
  func limbs(_ side: Side) -> [(Int, Int)] { limbs.filter { $0.side == side }.map { ($0.from, $0.to) } }
}
