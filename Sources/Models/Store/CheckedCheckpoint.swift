private import Architectures
private import Files
package import Foundation
internal import ModelFiles

/// A file that was found to be the checkpoint of a published model.
package struct CheckedCheckpoint: Sendable {
  package let model: any PublishedModel
  package internal(set) var file: URL
  package let sha256: String
  package let byteCount: Int
  package let tensorCount: Int
  let checkpoint: Checkpoint

  /// No published checkpoint has more bytes.
  static let largestFile = 8 << 30

  /// Checks that the file is a checkpoint, that its tensors are those of the model's network, and its SHA-256.
  ///
  /// - Throws: `ModelFileError` where it is none or has other tensors, `ModelError` where the hash is another one.
  package init(_ file: URL, of model: any PublishedModel) throws {
    self.model = model
    self.file = file
    let source = try ByteSource(contentsOf: file)
    byteCount = source.count
    guard byteCount <= Self.largestFile else {
      throw ModelError(.unusable, "\(file.path): has \(byteCount) bytes; no published checkpoint is so large")
    }
    sha256 = try FileDigest.sha256(of: file)
    guard sha256.hasPrefix(model.sha256 ?? model.hash) else {
      throw ModelError(
        .unusable,
        "\(file.path): its SHA-256 is \(sha256) instead of \(model.sha256 ?? model.hash + "…"); the file is damaged or another "
          + "one. Get it again with `posetrail models get \(model.name)`, or, if you know that its publisher replaced it, name it "
          + "in a description as \"checkpoint\" beside \"architecture\": \"\(model.name)\"")
    }
    checkpoint = try Checkpoint(source)
    tensorCount = checkpoint.tensors.count
    try model.blueprint().requireMatch(checkpoint)
  }

  /// What was checked, in a sentence.
  package var summary: String {
    let hash =
      model.sha256 == nil
      ? "SHA-256 begins with \(model.hash) as published (32 bits; the whole is not published)"
      : "SHA-256 is the one pinned in this program"
    return "\(byteCount) bytes, \(hash), tensors are those of \(model.network)"
  }
}
