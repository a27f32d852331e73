internal import Foundation

extension BoxEntry {
  /// MOTChallenge `det.txt`: frame from 1, id, left, top, width, height, confidence, …; -1 where there is none.
  static func readMOT(_ data: Data, file: String) throws -> [BoxEntry] {
    var entries: [BoxEntry] = []
    var lineNumber = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      lineNumber += 1
      guard line.contains(where: { !$0.isBlank }) else { continue }
      let fields = line.split { $0 == UInt8(ascii: ",") || $0.isBlank }.map {
        Double(String(decoding: $0, as: UTF8.self))
      }
      let numbers = fields.prefix(7).compactMap(\.self)
      guard fields.count >= 6, numbers.count == min(7, fields.count), numbers.allSatisfy(\.isFinite),
        let frame = Int(exactly: numbers[0]), frame >= 1
      else {
        throw DetectionError(
          "\(file), line \(lineNumber): expected frame (from 1), id, left, top, width, height, confidence; "
            + "boxes may also come as COCO results JSON or PoseTrack18 JSON")
      }
      let confidence = numbers.count == 7 && numbers[6] != -1 ? numbers[6] : 1
      entries.append(
        BoxEntry(
          frame: .index(frame - 1), x: numbers[2], y: numbers[3], width: numbers[4], height: numbers[5],
          score: confidence))
    }
    return entries
  }
}
