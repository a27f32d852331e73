internal import Files
internal import Pose
internal import Timing

/// Frames for a file that has a place for everyone in every frame. Who there is becomes known only at the end: until then
/// frames are kept in a file without a name.
final class DenseSpool {
  struct Person {
    var column: Int
    var score: Double
    var keypoints: [(joint: Int, point: Point, score: Double)]
  }

  struct Row {
    var index: Int
    /// nil where the frame has no time.
    var seconds: Double?
    var people: [Person]
  }

  private(set) var people = IdentityColumns()
  private(set) var count = 0
  /// Whether every frame has a time.
  private(set) var isTimed = true
  private var first: (index: Int, seconds: Double)?
  private var last: (index: Int, seconds: Double)?
  private(set) var lastIndex: Int?
  private var times: FrameTimes
  private let lines: OutputFile

  init(_ target: OutputTarget, frameRate: Rational?) throws(FileError) {
    lines = try OutputFile(spoolFor: target)
    times = FrameTimes(frameRate)
  }

  /// Frames a second between the first and the last; nil where they don't tell.
  var frameRate: Double? {
    guard isTimed, let first, let last, last.seconds > first.seconds else { return nil }
    return Double(last.index - first.index) / (last.seconds - first.seconds)
  }

  /// What people are called, each in a column of their own.
  var names: [String] { people.identities.isEmpty ? ["person"] : people.identities.map(IdentityColumns.name) }

  func append(_ frame: RecordedFrame) throws(FileError) {
    let columns = try people.columns(of: frame)
    count += 1
    lastIndex = frame.index
    var stamp = "\(frame.index)"
    if isTimed, times.hasTime(frame) {
      let seconds = try times.seconds(of: frame)
      stamp += " \(seconds)"
      last = Double(seconds).map { (frame.index, $0) }
      if first == nil { first = last }
    } else {
      isTimed = false
    }
    // A line: index and time, and behind tabs each person's column, score and keypoints.
    let persons = zip(columns, frame.people).map { column, person in
      let keypoints = person.pose.keypoints.enumerated().compactMap { joint, keypoint in
        keypoint.map {
          " \(joint),\(CSVLine.coordinate($0.point.x)),\(CSVLine.coordinate($0.point.y)),\(JSONText.score($0.score))"
        }
      }
      return "\t\(column) \(JSONText.score(person.pose.score))" + keypoints.joined()
    }
    try lines.write(stamp + persons.joined() + "\n")
  }

  /// All frames in their order.
  func forEachRow(_ body: (Row) throws(FileError) -> Void) throws(FileError) {
    try lines.forEachLine { (line) throws(FileError) in
      let parts = line.split(separator: "\t")
      let stamp = parts[0].split(separator: " ")
      try body(
        Row(
          index: Int(stamp[0]) ?? 0, seconds: stamp.count > 1 ? Double(stamp[1]) : nil,
          people: parts.dropFirst().compactMap(Self.person)))
    }
  }

  private static func person(_ text: Substring) -> Person? {
    let fields = text.split(separator: " ")
    guard let column = Int(fields[0]), let score = Double(fields[1]) else { return nil }
    let keypoints = fields.dropFirst(2).compactMap { field -> (joint: Int, point: Point, score: Double)? in
      let numbers = field.split(separator: ",")
      guard let joint = Int(numbers[0]), let x = Double(numbers[1]), let y = Double(numbers[2]),
        let score = Double(numbers[3])
      else { return nil }
      return (joint, Point(x: x, y: y), score)
    }
    return Person(column: column, score: score, keypoints: keypoints)
  }
}
