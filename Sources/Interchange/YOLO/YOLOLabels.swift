internal import Files
internal import Pose

/// A line of YOLO labels or predictions: class, box, keypoints, and of a prediction its score and identity.
struct YOLOLabels {
  private let numbers: [Double]
  /// Whether the last number was written as a whole one.
  private let endsWhole: Bool

  /// The number at the end of the file's name.
  static func number(of path: String) -> Int? { FrameLabel.trailingNumber(FrameLabel.stem(path)) }

  init?(_ line: Substring) throws(FileError) {
    let fields = line.split(whereSeparator: \.isWhitespace)
    if fields.isEmpty { return nil }
    numbers = fields.compactMap { Double($0) }.filter(\.isFinite)
    guard numbers.count == fields.count, numbers.count >= 5 else {
      throw FileError(
        .malformed, problem: "is no list of at least five finite numbers",
        remedy: "write class, centre x, centre y, width, height and the keypoints, separated by blanks")
    }
    guard numbers[1...4].allSatisfy({ (-0.001...1.001).contains($0) }) else {
      throw FileError(
        .invalid, problem: "the box does not lie in 0…1", remedy: "divide it by the width and height of the picture")
    }
    endsWhole = fields.last.flatMap { Int($0) } != nil
  }

  var isPerson: Bool { numbers[0] == 0 }

  /// How many keypoints of x, y and a third number the line has room for.
  var keypointCount: Int { (numbers.count - 5) / 3 }

  func person(joints: Int, _ size: PictureSize) throws(FileError) -> RecordedFrame.Person {
    let (width, height) = (Double(size.width), Double(size.height))
    let extra = numbers.count - 5 - (keypointCount == 0 ? 0 : joints * 3)
    guard keypointCount == 0 || keypointCount == joints, extra <= 2 else {
      throw FileError(
        .invalid, problem: "\(keypointCount) keypoints where the keypoint set has \(joints)",
        remedy: "name the keypoint set of the labels with --keypoint-set")
    }
    let keypoints = (0..<(keypointCount == 0 ? 0 : joints)).map { joint -> Keypoint? in
      let third = numbers[5 + joint * 3 + 2]
      if third == 0 { return nil }
      return Keypoint(
        Point(x: numbers[5 + joint * 3] * width, y: numbers[6 + joint * 3] * height), score: min(third, 1))
    }
    // Predictions end in a score, an identity, or both in this order; a score of 1 alone is taken for an identity.
    let rest = numbers.suffix(max(extra, 0))
    let hasIdentity = extra == 2 || extra == 1 && endsWhole
    let size = (numbers[3] * width, numbers[4] * height)
    return RecordedFrame.Person(
      keypoints,
      box: Box(x: numbers[1] * width - size.0 / 2, y: numbers[2] * height - size.1 / 2, width: size.0, height: size.1),
      score: extra == 2 || extra == 1 && !endsWhole ? rest.first : nil,
      trackID: hasIdentity ? rest.last.flatMap { Int(exactly: $0) } : nil)
  }
}
