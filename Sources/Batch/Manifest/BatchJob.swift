internal import Files
internal import Foundation
private import Pipeline

/// One video of a batch, or a part of one: what is to be made of it, and where the results go. Paths are as they were given; relative
/// ones start at the folder that the program runs in.
package struct BatchJob: Hashable, Sendable {
  package let input: String
  /// In bytes; of a folder of images, that of all its images.
  package let size: Int
  /// Of the source, as results name it.
  package let sha256: String
  /// What the source says, or what its length and frame rate make likely; nil where nothing tells.
  package let frames: Int?
  /// How much work it is beside others, about in frames of a small picture.
  package let cost: Double
  /// As `posetrail track` takes them.
  package let options: [String]
  /// Folder and name of the results, without their endings.
  package let output: String
  /// The frames whose poses are to be found, where the job is a part of a video; nil for a job that makes results.
  package let frameRange: Range<Int>?
  /// The outputs of the jobs that find the poses of a video, in the order of its frames, where parts of it do so.
  package let parts: [String]
  /// Tells the job from others by what decides its results and their place: the content of the source, the options, the output, which
  /// frames. Neither the name of the source nor the place in the manifest counts.
  package let id: String

  package init(
    input: String, size: Int, sha256: String, frames: Int?, cost: Double, options: [String], output: String,
    frameRange: Range<Int>? = nil, parts: [String] = []
  ) {
    (self.input, self.size, self.sha256, self.frames) = (input, size, sha256, frames)
    (self.cost, self.options, self.output) = (cost, options, output)
    (self.frameRange, self.parts) = (frameRange, parts)
    var key: [JSONValue] = [.string(sha256), .array(options.map(JSONValue.string)), .string(output)]
    if let frameRange { key.append(.array([frameRange.lowerBound, frameRange.upperBound].map(JSONValue.integer))) }
    if !parts.isEmpty { key.append(.array(parts.map(JSONValue.string))) }
    id = String(FileDigest.sha256(of: Data(JSONValue.array(key).text.utf8)).prefix(16))
  }

  /// What people know it by.
  package var name: String {
    guard let frameRange else { return input }
    let end = frameRange.upperBound == .max ? "the end" : "\(frameRange.upperBound - 1)"
    return "\(input), frames \(frameRange.lowerBound) to \(end)"
  }
}

extension BatchJob {
  /// The jobs that find the poses of parts, and behind them the one that puts the parts together.
  package func cut(into ranges: [Range<Int>]) -> [BatchJob] {
    let parts = ranges.enumerated().map { index, range in
      BatchJob(
        input: input, size: size, sha256: sha256, frames: nil, cost: cost / Double(ranges.count), options: options,
        output: "\(output).part\(index + 1)", frameRange: range)
    }
    // Decoding, linking and drawing, beside finding people.
    let whole = BatchJob(
      input: input, size: size, sha256: sha256, frames: frames, cost: cost / 10, options: options, output: output,
      parts: parts.map(\.output))
    return parts + [whole]
  }

  /// The line of the manifest.
  var line: String {
    JSONText.object([
      "id": JSONText.string(id), "input": JSONText.string(input), "size": "\(size)", "sha256": JSONText.string(sha256),
      "frames": frames.map { "\($0)" }, "cost": JSONText.number(cost, places: 1),
      "options": JSONText.array(options.map(JSONText.string)), "output": JSONText.string(output),
      "frame_range": frameRange.map { "[\($0.lowerBound), \($0.upperBound == .max ? "null" : "\($0.upperBound)")]" },
      "parts": parts.isEmpty ? nil : JSONText.array(parts.map(JSONText.string)),
    ])
  }

  init(_ json: JSONValue) throws(FileError) {
    self.init(
      input: try json.string("input"), size: try json.readIfPresent("size", JSONValue.asInteger) ?? 0,
      sha256: try json.string("sha256"), frames: try json.readIfPresent("frames", JSONValue.asInteger),
      cost: try json.readIfPresent("cost", JSONValue.asDouble) ?? 1,
      options: try json.readIfPresent("options") { (list) throws(FileError) in try list.map(JSONValue.asString) } ?? [],
      output: try json.string("output"), frameRange: try json.readIfPresent("frame_range", Self.range),
      parts: try json.readIfPresent("parts") { (list) throws(FileError) in try list.map(JSONValue.asString) } ?? [])
    guard cost.isFinite, cost >= 0 else {
      throw FileError(.invalid, place: "cost", problem: "\(cost) is no cost", remedy: "give a number of at least 0")
    }
    if let stated = try json.readIfPresent("id", JSONValue.asString), stated != id {
      throw FileError(
        .invalid, place: "id",
        problem: "\(stated) is not the id of this input, these options and this output, which is \(id)",
        remedy: "plan again, or leave the id out of lines that were edited")
    }
  }

  /// From a first frame to one that is not in it any more; null for the end of the video.
  private static func range(_ json: JSONValue) throws(FileError) -> Range<Int> {
    guard case .array(let ends) = json, ends.count == 2, let first = try? ends[0].integer(), first >= 0 else {
      throw FileError(
        .invalid, problem: "is no range of frames", remedy: "give [first, end]; null is the end of the video")
    }
    guard first % AnalysisLine.section == 0 else {
      throw FileError(
        .invalid, problem: "a part can't begin with frame \(first)",
        remedy: "begin it with a multiple of \(AnalysisLine.section)")
    }
    let end = ends[1] == .null ? Int.max : try ends[1].integer()
    guard end > first else {
      throw FileError(.invalid, problem: "the end \(end) is not behind \(first)", remedy: "give [first, end]")
    }
    return first..<end
  }
}
