public import Files
public import Foundation
public import Pose

/// One line of a MOTChallenge file: frame, id, left, top, width, height, confidence, and more that is not used.
public struct MOTRow: Hashable, Sendable {
  /// Counted from 1.
  public var frame: Int
  /// −1 where nobody has linked the boxes yet.
  public var id: Int
  public var box: Box
  public var confidence: Double

  public init(frame: Int, id: Int, box: Box, confidence: Double) {
    (self.frame, self.id, self.box, self.confidence) = (frame, id, box, confidence)
  }

  /// Reads a file; empty lines and lines that begin with # are passed over.
  public static func read(_ url: URL) throws(FileError) -> [MOTRow] {
    try InputFile.read(url) { (bytes) throws(FileError) in
      var rows: [MOTRow] = []
      for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
        if text.isEmpty || text.hasPrefix("#") { continue }
        rows.append(try FileError.at("line \(index + 1)") { () throws(FileError) in try MOTRow(text) })
      }
      return rows
    }
  }

  private init(_ line: String) throws(FileError) {
    let fields = line.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard fields.count >= 6 else {
      throw FileError(
        .malformed, problem: "\(fields.count) fields where at least 6 belong",
        remedy: "write frame, id, left, top, width, height, confidence, separated by commas")
    }
    guard let frame = fields[0].flatMap({ Int(exactly: $0) }), frame >= 1,
      let id = fields[1].flatMap({ Int(exactly: $0) })
    else {
      throw FileError(
        .invalid, problem: "frame and id are not whole numbers, frames from 1", remedy: "correct the line")
    }
    let numbers = fields[2..<6].compactMap(\.self)
    guard numbers.count == 4, numbers.allSatisfy(\.isFinite), numbers[2] >= 0, numbers[3] >= 0 else {
      throw FileError(.invalid, problem: "the box has no finite numbers", remedy: "correct the line")
    }
    let confidence = fields.count > 6 ? fields[6] ?? 1 : 1
    self.init(
      frame: frame, id: id, box: Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]),
      confidence: confidence.isFinite ? confidence : 1)
  }

  /// The line without its end.
  var line: String {
    let numbers = [box.x, box.y, box.width, box.height].map { JSONText.number($0, places: Pose.coordinatePlaces) }
    return "\(frame),\(id),\(numbers.joined(separator: ",")),\(JSONText.score(confidence)),-1,-1,-1"
  }
}
