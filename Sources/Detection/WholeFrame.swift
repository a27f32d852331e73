private import Imaging
public import Pose

/// The whole frame as one person's box.
public final class WholeFrame: BoxProvider {
  public init() {}

  public func boxes(in frame: FrameView) -> [ScoredBox] {
    [ScoredBox(Box(x: 0, y: 0, width: Double(frame.picture.width), height: Double(frame.picture.height)), score: 1)]
  }
}
