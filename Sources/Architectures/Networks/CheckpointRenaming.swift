internal import Foundation
internal import ModelFiles

/// Other names that some checkpoints give their tensors.
package struct CheckpointRenaming: Sendable {
  /// How some tensors begin in checkpoints with these names.
  package var mark: String
  /// Pieces of the names in the network's blueprint, which are those of mmpose and mmdetection, and what stands in their place,
  /// in order. One without a full stop before it stands at the beginning.
  package var pieces: [(name: String, stored: String)]

  /// Heads in checkpoints of mmpose 0.x.
  package static let mmpose0 = CheckpointRenaming(mark: "keypoint_head.", pieces: [("head.", "keypoint_head.")])

  package init(mark: String, pieces: [(name: String, stored: String)]) {
    self.mark = mark
    self.pieces = pieces
  }

  func applies(to checkpoint: Checkpoint) -> Bool {
    checkpoint.tensors.keys.contains { $0.hasPrefix(mark) }
  }

  func storedName(_ name: String) -> String {
    pieces.reduce(name) { name, piece in
      if piece.name.hasPrefix(".") { return name.replacingOccurrences(of: piece.name, with: piece.stored) }
      return name.hasPrefix(piece.name) ? piece.stored + name.dropFirst(piece.name.count) : name
    }
  }
}
