private import Imaging
package import Pose

/// The whole frame as one person's box.
package final class WholeFrame: BoxProvider {
  package init() {}

  package func boxes(in frame: FrameView) -> [ScoredBox] {
    [ScoredBox(Box(x: 0, y: 0, width: Double(frame.picture.width), height: Double(frame.picture.height)), score: 1)]
  }
}
