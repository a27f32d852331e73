import Evaluation
import Interchange
import Pose
import TestSupport
import Testing
import Tracking

@Suite struct `Tracking TUD-Campus` {
  /// Boxes without keypoints of a real street scene in which people cross and hide each other.
  @Test func `pedestrians keep their identities`() throws {
    let boxes = try SharedFiles.file("media/mot/TUD-Campus-det.txt")
    let truth = try SharedFiles.file("media/mot/TUD-Campus-gt.txt")
    var options = TrackerOptions()
    options.measure = .iou
    options.birthScore = 0.5
    var detections = try MOTFile(boxes).frames()
    var (numbers, frames): ([Int], [[Pose]]) = ([], [])
    while let (frame, detected) = try detections.next() {
      numbers.append(frame)
      frames.append(detected.map { Pose(keypoints: [], box: $0.box, score: $0.confidence) })
    }
    let rows = zip(numbers, identities(frames, Tracker(skeleton: .coco17, options: options))).flatMap { frame, people in
      people.map { MOTRow(frame: frame, id: $0.trackID, box: $0.pose.box, confidence: $0.pose.score) }
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
