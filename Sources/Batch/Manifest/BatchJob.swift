internal import Files
internal import Foundation

/// One video of a batch: what is to be made of it, and where the results go. Paths are as they were given; relative ones start
/// at the folder that the program runs in.
package struct BatchJob: Hashable, Sendable {
  package var input: String
  /// In bytes; of a folder of images, that of all its images.
  package var size: Int
  /// Of the source, as results name it.
  package var sha256: String
  /// What the source says, or what its length and frame rate make likely; nil where nothing tells.
  package var frames: Int?
  /// How much work it is beside others, about in frames of a small picture.
  package var cost: Double
  /// As `posetrail track` takes them.
  package var options: [String]
  /// Folder and name of the results, without their endings.
  package var output: String

  package init(
    input: String, size: Int, sha256: String, frames: Int?, cost: Double, options: [String], output: String
  ) {
    (self.input, self.size, self.sha256, self.frames) = (input, size, sha256, frames)
    (self.cost, self.options, self.output) = (cost, options, output)
  }

  /// Tells the job from others by what decides its results and their place: the content of the source, the options, the output.
  /// Neither the name of the source nor the place in the manifest counts.
  package var id: String {
    let key = JSONValue.array([.string(sha256), .array(options.map(JSONValue.string)), .string(output)])
    return String(FileDigest.sha256(of: Data(key.text.utf8)).prefix(16))
  }
}

extension BatchJob {
  /// The line of the manifest.
  var line: String {
    JSONText.object([
      "id": JSONText.string(id), "input": JSONText.string(input), "size": "\(size)", "sha256": JSONText.string(sha256),
      "frames": frames.map { "\($0)" }, "cost": JSONText.number(cost, places: 1),
      "options": JSONText.array(options.map(JSONText.string)), "output": JSONText.string(output),
    ])
  }

  init(_ json: JSONValue) throws(FileError) {
    self.init(
      input: try json.string("input"), size: try json.readIfPresent("size", JSONValue.asInteger) ?? 0,
      sha256: try json.string("sha256"), frames: try json.readIfPresent("frames", JSONValue.asInteger),
      cost: try json.readIfPresent("cost", JSONValue.asDouble) ?? 1,
      options: try json.readIfPresent("options") { (list) throws(FileError) in try list.map(JSONValue.asString) } ?? [],
      output: try json.string("output"))
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
}
