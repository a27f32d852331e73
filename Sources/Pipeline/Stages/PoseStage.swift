internal import Pose
internal import Tracking
internal import Video

/// Poses of frames with the looks of their people, which the tracker goes by.
struct PoseStage {
  private let provider: any PoseProvider
  private let appearances: AppearanceReader?

  init(_ provider: any PoseProvider) {
    self.provider = provider
    appearances = AppearanceReader(provider.skeleton)
  }

  func add(_ frame: Frame) throws -> [PosedFrame] {
    try provider.add(frame).map(seen)
  }

  func finish() throws -> [PosedFrame] {
    try provider.finish().map(seen)
  }

  private func seen(_ posed: PosedFrame) -> PosedFrame {
    guard let appearances else { return posed }
    var posed = posed
    for index in posed.poses.indices {
      posed.poses[index].appearance = appearances.appearance(of: posed.poses[index], in: posed.frame.picture)
    }
    return posed
  }
}
