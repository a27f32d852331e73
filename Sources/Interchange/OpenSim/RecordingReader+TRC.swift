internal import Files
internal import Pose
internal import Timing

extension RecordingReader {
  /// Marker trajectories of one person, in metres or millimetres, seen from the front: X to the right and Y up from the lower
  /// left corner of the picture; Z is not read.
  convenience init(trc file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let lines = try file.firstLines(5)
    var contents = Contents()
    let (columns, facts) = try file.read { () throws(FileError) in
      let columns = try TRCColumns(lines, options)
      let facts = try TableFacts(file, headers: lines, read: columns.row, frame: \.index) { (row) throws(FileError) in
        contents.hasPeople = contents.hasPeople || !row.people.isEmpty
        contents.hasKeypoints = contents.hasPeople
      }
      return (columns, facts)
    }
    let header = RecordingHeader(name: name, skeleton: columns.skeleton)
    self.init(file.name, header: header, frameCount: facts.order.count, contents: contents) { () throws(FileError) in
      try facts.frames { (frame, rows) throws(FileError) in
        guard let row = rows.first, rows.count == 1 else {
          throw FileError(.invalid, problem: "frame \(frame) is there twice", remedy: "correct the file")
        }
        return row
      }
    }
  }
}

private struct TRCColumns {
  let skeleton: Skeleton
  private let scale: MetricScale
  /// Metres.
  private let unit: Double

  init(_ lines: [String], _ options: ReadingOptions) throws(FileError) {
    let names = lines.count == 5 ? lines[3].split(separator: "\t", omittingEmptySubsequences: false) : []
    let facts = lines.count == 5 ? lines[2].split(separator: "\t").map(String.init) : []
    guard names.first?.hasPrefix("Frame") == true, facts.count >= 5 else {
      throw FileError(
        .invalid, problem: "its first five lines are not the header of a TRC file", remedy: "write the file again")
    }
    switch facts[4].lowercased() {
    case "m": unit = 1
    case "mm": unit = 0.001
    default:
      throw FileError(
        .invalid, place: "line 3", problem: "the unit \"\(facts[4])\" is neither m nor mm", remedy: "convert it")
    }
    scale = try MetricScale(options.metresPerPixel, options.size)
    skeleton = options.keypointSet ?? MarkerNames.skeleton(names.dropFirst(2).filter { !$0.isEmpty }.map(String.init))
  }

  func row(_ line: String) throws(FileError) -> RecordedFrame? {
    if line.allSatisfy(\.isWhitespace) { return nil }
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0.trimmingBlanks) }
    let count = skeleton.joints.count
    guard let number = Int(fields[0]), number >= 1, fields.count >= 2, fields.count <= 3 + count * 3,
      let time = Double(fields[1]).flatMap({ MediaTime(seconds: $0) })
    else {
      throw FileError(
        .malformed, problem: "is no row of frame, time and \(count) markers", remedy: "correct the line")
    }
    let keypoints = try (0..<count).map { (joint) throws(FileError) -> Keypoint? in
      let place = fields.dropFirst(2 + joint * 3).prefix(2)
      guard place.count == 2, place.allSatisfy({ !$0.isEmpty && $0.lowercased() != "nan" }) else { return nil }
      let numbers = place.compactMap { Double($0) }.filter(\.isFinite)
      guard numbers.count == 2 else {
        throw FileError(
          .invalid, problem: "\(place.joined(separator: ", ")) are no coordinates", remedy: "correct the line")
      }
      return Keypoint(scale.pixels(Point(x: numbers[0] * unit, y: numbers[1] * unit)), score: 1)
    }
    let isThere = keypoints.contains { $0 != nil }
    return RecordedFrame(
      index: number - 1, time: time,
      people: isThere ? [RecordedFrame.Person(keypoints, box: nil, score: nil, trackID: nil)] : [])
  }
}
