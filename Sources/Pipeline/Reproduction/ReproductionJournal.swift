internal import Files
internal import Foundation
internal import Interchange
internal import Pose

/// What runs have done, in a file each: a line that says how, and a line for each picture.
final class ReproductionJournal {
  private var lines: [Int: String] = [:]
  private let output: FileHandle
  private let claim: OutputClaim

  var count: Int { lines.count }

  /// Reads what is there, and goes on with the file of this run.
  ///
  /// - Parameter overwrites: Whether what was done otherwise may be thrown away; it is refused without.
  init(_ outputs: ReproductionOutputs, shard: Shard, settings: JSONValue, overwrites: Bool) throws {
    let header = settings.text
    let own = outputs.journal(shard)
    _ = try ResultFolder.make(outputs.folder)
    claim = try OutputClaim([own], overwrites: true)
    var ownLines: [String] = []
    for file in outputs.journals {
      let text = try String(decoding: InputFile.bytes(of: file), as: UTF8.self)
      let all = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
      guard all.first == header || all.isEmpty else {
        guard overwrites else { throw Self.otherSettings(file) }
        continue
      }
      // A run that was killed may leave half a line, which has no end.
      for line in all.dropFirst() {
        guard let id = try? JSONParser.parse(Array(line.utf8)).integer("image") else { continue }
        if file.lastPathComponent == own.lastPathComponent { ownLines.append(line) }
        lines[id] = line
      }
    }
    try OutputFile.write(Data(([header] + ownLines).map { $0 + "\n" }.joined().utf8), to: own)
    output = try FileHandle(forUpdating: own)
    try output.seekToEnd()
  }

  func has(_ image: Int) -> Bool { lines[image] != nil }

  func append(_ image: Int, _ people: [ReproducedPerson]) throws {
    let line = JSONText.object(["image": "\(image)", "people": JSONText.array(people.map(\.json))])
    try output.write(contentsOf: Data((line + "\n").utf8))
    lines[image] = line
  }

  func people(_ image: Int) throws(FileError) -> [JSONValue] {
    guard let line = lines[image] else { return [] }
    return try JSONParser.parse(Array(line.utf8)).read("people", JSONValue.asArray)
  }

  func close() {
    try? output.close()
    claim.release()
  }

  private static func otherSettings(_ file: URL) -> PipelineError {
    PipelineError(
      .outputExists,
      "\(file.relativePath): was made by another network, with other data or otherwise; start again with --force or write "
        + "elsewhere")
  }
}

extension ReproducedPerson {
  fileprivate var json: String {
    JSONText.object([
      "bbox_id": boxID.map { "\($0)" }, "score": JSONText.number(pose.score, places: Pose.scorePlaces),
      "bbox": numbers([pose.box.x, pose.box.y, pose.box.width, pose.box.height]),
      "keypoints": numbers(
        pose.keypoints.flatMap { $0.map { [$0.point.x, $0.point.y, $0.score] } ?? [0, 0, 0] }),
    ])
  }

  private func numbers(_ values: [Double]) -> String {
    JSONText.list(values) { JSONText.append($0, places: Pose.scorePlaces, to: &$1) }
  }
}
