package import Detection
package import Foundation
package import Tracking

/// Which networks a run uses and what they look at, as the user asks for it.
package struct AnalysisRequest: Sendable {
  package enum Boxes: Sendable {
    /// A detector by name, nil for the embedded one; in every so many frames, with boxes that follow the tracked poses in
    /// between.
    case detector(String?, every: Int)
    /// A file of boxes, and what the numbers of images in it stand for, where it does not tell.
    case file(URL, numbers: FrameNumbering?)
    case wholeFrame
  }

  package var boxes: Boxes
  /// Boxes that score less are left out; nil takes the detector's own threshold.
  package var boxThreshold: Double?
  package var selection = SelectionRequest()
  /// How people are followed by optical flow, which gives boxes, too; nil where they are not.
  package var flow: FlowTrackerOptions?
  /// The pose network by name; nil is the embedded one.
  package var model: String?
  package var flipTest: Bool
  /// People that go through the network together.
  package var batch: Int

  package init(boxes: Boxes, boxThreshold: Double?, model: String?, flipTest: Bool, batch: Int) {
    self.boxes = boxes
    self.boxThreshold = boxThreshold
    self.model = model
    self.flipTest = flipTest
    self.batch = batch
  }

  /// Throws where boxes were asked for and the model, called `name`, needs none.
  func refuseBoxes(_ name: String) throws {
    guard asksForBoxes else { return }
    throw PipelineError(
      .unusable,
      "\(name): finds people in whole frames by itself and needs no boxes; leave out --detector, --boxes, "
        + "--whole-frame, --detect-every, --box-threshold, --tiles, --region, --ignore and --min-height, or take another model"
    )
  }

  /// Whether anything was said of boxes, rather than left to what is usual.
  var asksForBoxes: Bool {
    if case .detector(nil, every: 1) = boxes { return boxThreshold != nil || selection != SelectionRequest() }
    return true
  }
}
