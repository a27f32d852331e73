private import Foundation
internal import Pose

/// How well a pose continues a track, 0…1.
struct TrackSimilarity: Sendable {
  private let options: TrackerOptions
  private let oks: OKS

  init(options: TrackerOptions, skeleton: Skeleton) {
    self.options = options
    oks = OKS(sigmas: skeleton.sigmas.map { $0 * options.spread })
  }

  /// The chosen measure against the prediction, a little less for tracks long unseen, so that those in view come first, and
  /// for those with other colours.
  func measure(_ track: Track, _ predicted: Pose, _ sighting: Sighting) -> Double {
    let pose = sighting.pose
    let factor = likeness(track, sighting) / (1 + 0.3 * track.unseen)
    switch options.measure {
    case .oks: return keypoints(predicted, pose) * factor
    case .iou: return predicted.box.iou(pose.box) * factor
    case .blend: return (2 * keypoints(predicted, pose) + predicted.box.iou(pose.box)) / 3 * factor
    }
  }

  /// How well the colours agree, 0…1; 1 where they are not known.
  ///
  /// Colours of a person in plain view have to be the track's. Of someone partly hidden they are mixed with those of who is
  /// in front: there they count against a track only where they suit another who is there much better. Tracks in view
  /// are not given up for their colours alone, as poses now and then miss the body.
  private func likeness(_ track: Track, _ sighting: Sighting) -> Double {
    guard options.usesColours, let distance = sighting.pose.appearance.flatMap(track.look.distance) else { return 1 }
    let excess = max(sighting.isClear ? distance : 0, distance - sighting.bestLook)
    let share = 1 - (excess - Self.alikeDistance) / (Self.differentDistance - Self.alikeDistance)
    return min(1, max(track.isLost ? 0 : 0.3, share))
  }

  /// One person differs by less from frame to frame, in units of CIELAB.
  private static let alikeDistance = 12.0
  /// Two people with other clothes differ by more.
  private static let differentDistance = 36.0

  /// For people who moved too far between two frames to overlap: how near the pose is to the prediction within what
  /// people can walk or run in the time unseen, if both have about one size; 0 beyond.
  func proximity(_ track: Track, _ predicted: Pose, _ sighting: Sighting) -> Double {
    let pose = sighting.pose
    let size = (predicted.box.height + pose.box.height) / 2
    let ratio = predicted.box.height / max(pose.box.height, 1)
    guard size > 0, ratio > 0.6, ratio < 1 / 0.6 else { return 0 }
    let (a, b) = (predicted.box.center, pose.box.center)
    let distance = hypot(a.x - b.x, a.y - b.y) / size
    return max(0, 1 - distance / (0.1 + options.reach * min(track.unseen, 0.75))) * likeness(track, sighting)
  }

  /// OKS over the joints that count in both, or over all where hardly any does.
  private func keypoints(_ a: Pose, _ b: Pose) -> Double {
    let shared = zip(a.keypoints, b.keypoints).count { a, b in
      min(a?.score ?? -1, b?.score ?? -1) > options.keypointScore
    }
    return oks.similarity(a, b, threshold: shared >= options.minimumKeypoints ? options.keypointScore : nil)
  }
}
