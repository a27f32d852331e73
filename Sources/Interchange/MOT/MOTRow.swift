internal import Files
package import Pose

/// One line of a MOTChallenge file: frame, id, left, top, width, height, confidence, and more that is not used. Commas,
/// blanks or tabs separate the fields.
package struct MOTRow: Hashable, Sendable {
  /// Counted from 1.
  package var frame: Int
  /// −1 where nobody has linked the boxes yet.
  package var id: Int
  package var box: Box
  /// 1 where the file has none, or −1 for it.
  package var confidence: Double
  /// The class of ground truth since MOT16, whose rows have nine fields: 1 is a pedestrian. 1 elsewhere.
  package var category: Int

  package init(frame: Int, id: Int, box: Box, confidence: Double, category: Int = 1) {
    (self.frame, self.id, self.box, self.confidence, self.category) = (frame, id, box, confidence, category)
  }

  /// Reads a line; nil for empty ones, those that begin with #, and a header with the names of the fields.
  init?(_ line: String) throws(FileError) {
    let fields = Self.fields(line)
    guard let first = fields.first, !first.hasPrefix("#") else { return nil }
    let numbers = fields.prefix(7).map { Double($0) }
    if fields.count > 1, numbers[0] == nil, first.lowercased().hasPrefix("frame"),
      fields[1].lowercased().contains("id")
    {
      return nil
    }
    guard fields.count >= 6 else {
      throw FileError(
        .malformed, problem: "\(fields.count) fields where at least 6 belong",
        remedy: "write frame, id, left, top, width, height, confidence, separated by commas")
    }
    guard let frame = numbers[0].flatMap({ Int(exactly: $0) }), (1...FrameIndex.limit).contains(frame),
      let id = numbers[1].flatMap({ Int(exactly: $0) })
    else {
      throw FileError(
        .invalid, problem: "frame and id are not whole numbers, frames from 1", remedy: "correct the line")
    }
    let place = numbers[2..<6].compactMap(\.self)
    guard place.count == 4, place.allSatisfy(\.isFinite), place[2] >= 0, place[3] >= 0 else {
      throw FileError(
        .invalid, problem: "the box is not four finite numbers, width and height from 0", remedy: "correct the line")
    }
    guard let confidence = numbers.count > 6 ? numbers[6] : 1, confidence.isFinite else {
      throw FileError(.invalid, problem: "the confidence is no finite number", remedy: "correct the line")
    }
    self.init(
      frame: frame, id: id, box: Box(x: place[0], y: place[1], width: place[2], height: place[3]),
      confidence: confidence == -1 ? 1 : confidence,
      category: fields.count == 9 ? Int(fields[7]).flatMap { $0 > 0 ? $0 : nil } ?? 1 : 1)
  }

  /// What commas, or else blanks, separate.
  private static func fields(_ line: String) -> [Substring] {
    let (bytes, comma) = (line.utf8, UInt8(ascii: ","))
    guard bytes.contains(comma) else { return line.split(whereSeparator: \.isWhitespace) }
    return bytes.split(separator: comma, omittingEmptySubsequences: false).map { Substring($0).trimmingBlanks }
  }

  /// The line without its end.
  var line: String {
    let numbers = [box.x, box.y, box.width, box.height].map { JSONText.number($0, places: Pose.coordinatePlaces) }
    return "\(frame),\(id),\(numbers.joined(separator: ",")),\(JSONText.score(confidence)),-1,-1,-1"
  }
}
