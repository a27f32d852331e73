extension Skeleton {
  /// The keypoint set with these joints in this order; one of its own, called `custom` and their number, where the program
  /// knows none.
  ///
  /// Sides and mirror images follow from `left` and `right` in the names. Sigmas are those of the first known set with a
  /// joint of that name, else 0.1, which DeepLabCut's evaluation takes for all body parts.
  public static func of(joints names: [String], limbs: [(from: Int, to: Int)] = []) -> Skeleton {
    if let known = all.first(where: { $0.joints.map(\.name) == names }) { return known }
    let sigmas = Dictionary(
      all.flatMap(\.joints).map { ($0.name, $0.sigma) }, uniquingKeysWith: { first, _ in first })
    let ends = limbs.filter { names.indices.contains($0.from) && names.indices.contains($0.to) }
    return Skeleton(
      name: "custom\(names.count)", joints: names.map { ($0, sigmas[$0] ?? 0.1) }, left: [], right: [],
      center: ends.map { ($0.from, $0.to) })
  }

  /// The smallest known set that has all these joints, the first one of several; nil where none has.
  public static func containing(_ names: some Collection<String>) -> Skeleton? {
    all.filter { skeleton in
      let own = Set(skeleton.joints.map(\.name))
      return names.allSatisfy(own.contains)
    }.min { $0.joints.count < $1.joints.count }
  }
}
