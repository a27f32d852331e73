/// How people are followed by optical flow, where the paper or what reimplements it says (``FlowTracker``).
package struct FlowTrackerOptions: Hashable, Sendable, Codable {
  /// Where the flow is from.
  package enum Source: String, Sendable, Codable, CaseIterable {
    /// Looked for in the pictures.
    case lucasKanade = "lucas-kanade"
    /// What the encoder of the video found, where the file says it; else looked for.
    case motionVectors = "motion-vectors"
  }

  package var source = Source.lucasKanade
  /// Joints below this score do not count (the paper).
  package var keypointScore = 0.4
  /// By which part the extent of moved joints grows to a box (the paper).
  package var growth = 0.15
  /// Of two boxes that overlap more, the one with the lower score is left out.
  package var suppression = 0.3
  /// How many past frames are remembered.
  package var frames = 8
  /// The similarity that a link must be above, 0…1.
  package var similarity = 0.2

  /// The score that boxes have at least (the paper), where nothing else is asked of a detector's.
  package static let boxScore = 0.5

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case growth, suppression, frames, similarity
    case source = "flow"
    case keypointScore = "keypoint-score"
  }
}
