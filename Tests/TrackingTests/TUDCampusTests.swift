import Evaluation
import Interchange
import Pose
import TestSupport
import Testing
private import Timing
import Tracking

@Suite struct `Tracking TUD-Campus` {
  /// Boxes without keypoints of a real street scene in which people cross and hide each other.
  @Test func `pedestrians keep their identities`() throws {
    let boxes = try SharedFiles.file("media/mot/TUD-Campus-det.txt")
    let truth = try SharedFiles.file("media/mot/TUD-Campus-gt.txt")
    var options = TrackerOptions()
    options.measure = .iou
    options.minimumKeypoints = 0
    options.birthScore = 0.5
    var tracker = Tracker(skeleton: .coco17, options: options)
    let detections = Dictionary(grouping: try MOTRow.read(boxes), by: \.frame)
    var rows: [MOTRow] = []
    for frame in 1...(detections.keys.max() ?? 1) {
      let poses = (detections[frame] ?? []).map { Pose(keypoints: [], box: $0.box, score: $0.confidence) }
      for tracked in tracker.update(poses, at: MediaTime(ticks: Int64(frame), denominator: 25)) {
        rows.append(
          MOTRow(frame: frame, id: tracked.trackID, box: tracked.pose.box, confidence: tracked.pose.score))
      }
    }
    let table = IdentityEvaluation()(IdentityFrame.boxes(truth: try MOTRow.read(truth), predictions: rows))
    #expect((table["num_switches"] ?? 99) <= 5)
  }
}
