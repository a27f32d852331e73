internal import Files
internal import Pose

extension MovementData {
  /// In netCDF's classic format.
  func writeClassic(_ target: OutputTarget) throws(FileError) {
    guard let header = header.bytes() else {
      throw FileError(
        .invalid, problem: "so many people and keypoints don't fit into netCDF's classic format",
        remedy: "write another format")
    }
    let file = try OutputFile(for: target)
    try file.write(header + coordinates(Self.space) + coordinates(joints) + coordinates(spool.names))
    try spool.forEachRow { (row) throws(FileError) in try file.write(record(row)) }
    try file.finish()
  }

  private var header: NetCDFHeader {
    let texts = Array(zip(Self.dimensions.dropFirst(), [Self.space, joints, spool.names]))
    var attributes: [(String, NetCDFHeader.Value)] = attributes.map { ($0, .text($1)) }
    if let rate = spool.frameRate { attributes.append(("fps", .number(rate))) }
    return NetCDFHeader(
      dimensions: [("time", spool.count)] + texts.map { ($0.0, $0.1.count) }
        + texts.map { ("\($0.0)_length", Self.length(of: $0.1)) },
      attributes: attributes,
      variables: texts.map { text in
        .init(
          name: text.0, dimensions: [text.0, "\(text.0)_length"], kind: .char,
          attributes: [("_Encoding", .text("utf-8"))])
      } + [
        .init(name: "time", dimensions: ["time"], kind: .double),
        .init(name: "position", dimensions: Self.dimensions, kind: .double),
        .init(name: "confidence", dimensions: ["time", "keypoints", "individuals"], kind: .double),
      ])
  }

  private static func length(of names: [String]) -> Int { max(names.map(\.utf8.count).max() ?? 0, 1) }

  /// Names, each filled up to the longest.
  private func coordinates(_ names: [String]) -> [UInt8] {
    let length = Self.length(of: names)
    var bytes = names.flatMap { Array($0.utf8) + Array(repeating: 0, count: length - $0.utf8.count) }
    bytes.fill()
    return bytes
  }

  /// The values of a frame: its time, position and confidence.
  private func record(_ row: DenseSpool.Row) -> [UInt8] {
    let people = spool.names.count
    let places = joints.count * people
    var values = [Double](repeating: .nan, count: 3 * places)
    for person in row.people {
      for (joint, point, score) in person.keypoints {
        let place = joint * people + person.column
        (values[place], values[places + place], values[2 * places + place]) = (point.x, point.y, score)
      }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * (values.count + 1))
    bytes.append(double: time(row))
    for value in values { bytes.append(double: value) }
    return bytes
  }
}
