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
    var detections = try MOTFile(boxes).frames()
    var rows: [MOTRow] = []
    while let (frame, detected) = try detections.next() {
      let poses = detected.map { Pose(keypoints: [], box: $0.box, score: $0.confidence) }
      for tracked in tracker.update(poses, at: MediaTime(ticks: Int64(frame), denominator: 25)) {
        rows.append(
          MOTRow(frame: frame, id: tracked.trackID, box: tracked.pose.box, confidence: tracked.pose.score))
      }
    }
    let found = Dictionary(grouping: rows, by: \.frame)
    var evaluation = IdentityEvaluation()
    var labelled = try MOTFile(truth).frames()
    while let (frame, people) = try labelled.next() {
      evaluation.add(IdentityFrame(truth: people, predictions: found[frame] ?? []))
    }
    #expect((evaluation.table["num_switches"] ?? 99) <= 5)
  }
}
