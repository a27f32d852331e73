internal import ModelFiles

/// Another beginning that some checkpoints give the names of tensors.
public struct CheckpointRenaming: Hashable, Sendable {
  /// How the names begin in checkpoints of mmpose 1.x, and in the network's blueprint.
  public var prefix: String
  /// How they begin instead where any tensor of the checkpoint begins so.
  public var stored: String

  /// Heads in checkpoints of mmpose 0.x.
  public static let mmpose0 = CheckpointRenaming(prefix: "head.", stored: "keypoint_head.")

  public init(prefix: String, stored: String) {
    self.prefix = prefix
    self.stored = stored
  }

  func applies(to checkpoint: Checkpoint) -> Bool {
    checkpoint.tensors.keys.contains { $0.hasPrefix(stored) }
  }

  func storedName(_ name: String) -> String {
    name.hasPrefix(prefix) ? stored + name.dropFirst(prefix.count) : name
  }
}
