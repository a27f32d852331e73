internal import Files
internal import Pose

/// The keypoints of a person, which COCO-WholeBody keeps in five lists.
enum COCOKeypoints {
  static let parts = ["keypoints", "foot_kpts", "face_kpts", "lefthand_kpts", "righthand_kpts"]
  private static let partCounts = [17, 6, 68, 21, 21]

  /// Whether a keypoint set is written in the five lists.
  static func isWholeBody(_ skeleton: Skeleton) -> Bool {
    skeleton.joints.map(\.name) == Skeleton.wholeBody133.joints.map(\.name)
  }

  /// The lists of a person with their names: one, or the five of COCO-WholeBody. None where there is only a box.
  static func lists(_ keypoints: [Keypoint?], _ skeleton: Skeleton) -> [(name: String, keypoints: [Keypoint?])] {
    guard !keypoints.isEmpty else { return [] }
    guard isWholeBody(skeleton) else { return [(parts[0], keypoints)] }
    var rest = keypoints[...]
    return zip(parts, partCounts).map { name, count in
      defer { rest = rest.dropFirst(count) }
      return (name, Array(rest.prefix(count)))
    }
  }

  /// Of the body, and of all parts one after the other.
  static func read(
    _ json: JSONValue
  ) throws(FileError) -> (all: [(point: Point, visibility: Double)], bodyCount: Int) {
    var result: [(point: Point, visibility: Double)] = []
    var bodyCount = 0
    for part in parts {
      guard let numbers = try json.readIfPresent(part, JSONValue.asDoubles) else { continue }
      guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count).under(part) }
      for start in stride(from: 0, to: numbers.count, by: 3) {
        result.append((Point(x: numbers[start], y: numbers[start + 1]), numbers[start + 2]))
      }
      if part == "keypoints" { bodyCount = result.count }
    }
    return (result, bodyCount)
  }

  /// The joints of a keypoint set. Those whose three numbers are 0 are absent.
  ///
  /// - Parameter areLabels: Whether the third numbers are visibilities, of which 1 and 2 count as score 1.
  static func keypoints(
    _ triples: [(point: Point, visibility: Double)], _ skeleton: Skeleton, areLabels: Bool
  ) throws(FileError) -> [Keypoint?] {
    if triples.isEmpty { return [] }
    guard triples.count == skeleton.joints.count else {
      throw FileError(
        .invalid, place: "keypoints",
        problem: "\(triples.count) keypoints where \(skeleton.name) has \(skeleton.joints.count)",
        remedy: "name the keypoint set of the file with --keypoint-set")
    }
    return triples.map { point, visibility in
      visibility == 0 && point.x == 0 && point.y == 0
        ? nil : Keypoint(point, score: areLabels ? min(visibility, 1) : visibility)
    }
  }
}

extension FileError {
  static func notTriples(_ count: Int) -> FileError {
    FileError(
      .invalid, problem: "\(count) numbers are no list of x, y, score", remedy: "give three numbers for every keypoint")
  }
}
