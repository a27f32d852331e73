import Foundation
import Pose
import TestSupport
import Testing
import Timing
import Tracking

/// The ids that `get_track_id` of mmpose 0.x gave on the same detections.
@Suite struct `Published trackers` {
  @Test(arguments: [
    ("iou_default", GreedyTracker.Measure.iou, 0.3, 3, Skeleton.coco17), ("oks_default", .oks, 0.3, 3, .coco17),
    ("iou_thr0.5", .iou, 0.5, 3, .coco17), ("oks_thr0.6", .oks, 0.6, 3, .coco17),
    ("oks_posetrack18_sigmas", .oks, 0.3, 3, .poseTrack18), ("iou_min_keypoints10", .iou, 0.3, 10, .coco17),
    ("oks_min_keypoints0", .oks, 0.3, 0, .coco17),
  ])
  func `greedy linking gives the ids of mmpose`(
    name: String, measure: GreedyTracker.Measure, threshold: Double, minimumKeypoints: Int, skeleton: Skeleton
  ) throws {
    let folder = try SharedFiles.file("reference/evaluation/tracking")
    let expected = try decoded(Expected.self, folder.appending(path: "expected.json"))
    for (scene, runs) in expected.sequences.sorted(by: { $0.key < $1.key }) {
      let frames = try decoded(Frames.self, folder.appending(path: "\(scene).json")).frames
      var tracker = GreedyTracker(
        skeleton: skeleton, measure: measure, threshold: threshold, minimumKeypoints: minimumKeypoints)
      let ids = frames.enumerated().map { index, frame -> [Int] in
        let links = tracker.update(
          frame.detections.map(\.pose), at: MediaTime(ticks: Int64(index), denominator: 25))
        let tracks = Dictionary(uniqueKeysWithValues: links.map { ($0.pose, $0.track) })
        return frame.detections.indices.map { tracks[$0] ?? -1 }
      }
      #expect(try ids == runs.ids(name), "\(scene)")
    }
  }

  @Test func `every tracker is found by its name`() {
    for method in TrackerMethod.all {
      #expect(TrackerMethod.named(method.name) == method)
    }
    #expect(TrackerMethod.named("magic") == nil)
  }

  private func decoded<T: Decodable>(_ type: T.Type, _ file: URL) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: file))
  }
}

private struct Expected: Decodable {
  struct Run: Decodable { var ids: [[Int]] }
  /// The runs of one scene, by their configuration; the fixture holds other things beside them, which are not read.
  struct Scene: Decodable {
    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    private let container: KeyedDecodingContainer<Key>

    init(from decoder: any Decoder) throws { container = try decoder.container(keyedBy: Key.self) }

    func ids(_ configuration: String) throws -> [[Int]] {
      try container.decode(Run.self, forKey: Key(stringValue: configuration)).ids
    }
  }

  var sequences: [String: Scene]
}

private struct Frames: Decodable {
  struct Frame: Decodable { var detections: [Detection] }
  struct Detection: Decodable {
    var bbox: [Double]?
    var keypoints: [[Double]]
  }
  var frames: [Frame]
}

extension Frames.Detection {
  /// Without a box it is the extent of the keypoints, of which the least counts over the positive values only.
  fileprivate var pose: Pose {
    let points = keypoints.map { Keypoint(Point(x: $0[0], y: $0[1]), score: $0[2]) }
    let (x, y) = (keypoints.map { $0[0] }, keypoints.map { $0[1] })
    let (left, top) = (x.filter { $0 > 0 }.min() ?? 0, y.filter { $0 > 0 }.min() ?? 0)
    let box = bbox ?? [left, top, x.max() ?? 0, y.max() ?? 0, 1]
    return Pose(
      keypoints: points, box: Box(x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1]),
      score: box.count > 4 ? box[4] : 1)
  }
}
