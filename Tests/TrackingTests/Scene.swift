import Foundation
import Pose
import Testing
private import Timing
import Tracking

/// Detections of synthetic people whose identities are known.
struct Scene: Decodable {
  struct Detection: Decodable {
    var id: Int
    var box: [Double]
    var keypoints: [Double]
  }
  var frames: [[Detection]]

  init(named name: String) throws {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    self = try JSONDecoder().decode(Scene.self, from: Data(contentsOf: url))
  }

  /// What a tracker makes of the scene.
  struct Outcome {
    /// How often a person's id changed from one sighting to the next.
    var switches = 0
    /// Sightings that got no id.
    var missed = 0
    var ids: Set<Int> = []
    var people: Set<Int> = []
  }

  func run(_ options: TrackerOptions = TrackerOptions(), framesPerSecond: Int32 = 25) -> Outcome {
    let found = identities(
      frames.map { $0.map(\.pose) }, Tracker(skeleton: .coco17, options: options), framesPerSecond: framesPerSecond)
    var outcome = Outcome()
    var last: [Int: Int] = [:]
    for (detections, people) in zip(frames, found) {
      let poses = detections.map(\.pose)
      let tracked = Dictionary(people.map { ($0.pose, $0.trackID) }, uniquingKeysWith: { first, _ in first })
      for (detection, pose) in zip(detections, poses) {
        outcome.people.insert(detection.id)
        guard let id = tracked[pose] else {
          outcome.missed += 1
          continue
        }
        if let old = last[detection.id], old != id { outcome.switches += 1 }
        last[detection.id] = id
        outcome.ids.insert(id)
      }
    }
    return outcome
  }
}

/// What a tracker makes of frames at a steady rate.
func identities(_ frames: [[Pose]], _ tracker: any FrameTracker, framesPerSecond: Int32 = 25) -> [[TrackedPose]] {
  var online = OnlineIdentities(tracker)
  var result: [[TrackedPose]] = []
  for (index, poses) in frames.enumerated() {
    result += online.update(poses, at: MediaTime(ticks: Int64(index), denominator: framesPerSecond)).decided
  }
  return result + online.finish()
}

extension Scene.Detection {
  var pose: Pose {
    let points = stride(from: 0, to: keypoints.count, by: 3).map {
      Keypoint(Point(x: keypoints[$0], y: keypoints[$0 + 1]), score: keypoints[$0 + 2])
    }
    let box = Box(x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1])
    return Pose(keypoints: points, box: box, score: self.box[4])
  }
}
