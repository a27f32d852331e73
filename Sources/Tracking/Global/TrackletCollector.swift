package import Pose
private import Timing

/// Cuts the tracks of a whole recording into tracklets while it goes by. Keeps of each what its joins are decided by, not its
/// poses, so that memory grows with the number of tracklets.
package struct TrackletCollector {
  private let options: SecondPassOptions
  private let cuts: ConstraintCuts
  private(set) var tracklets: [Tracklet] = []
  /// The tracklets of each track, in the order of time.
  private(set) var ofTrack: [Int: [Int]] = [:]
  /// In how many frames two tracklets lay over each other.
  private(set) var overlaps: [Overlap: Int] = [:]
  /// The tracklets that constraints speak of.
  private(set) var named: [LinkConstraints.Place: Int] = [:]

  /// The first and the last frame of each shot, in the order of time.
  private(set) var shots: [(first: Int, last: Int)] = []

  /// Tracklets that end with the frame in which they were last seen.
  private var ended: Set<Int> = []
  /// The index of the frame before, which is not the next lower number where frames are left out.
  private var previousFrame: Int?
  private var frameCount = 0

  struct Overlap: Hashable {
    var first: Int
    var second: Int
  }

  package init(options: SecondPassOptions) {
    self.options = options
    cuts = ConstraintCuts(options.constraints)
  }

  /// Adds the next frame.
  ///
  /// - Parameters:
  ///   - ids: The identities that the poses have in the recording, if any.
  ///   - camera: How far the camera has moved the picture since the first frame.
  ///   - beganShot: Whether the tracker took it for the beginning of a shot, as the first frame is in any case.
  package mutating func add(
    _ poses: [Pose], ids: [Int?], _ links: [Link], in context: FrameContext,
    camera: Point = Point(x: 0, y: 0), beganShot: Bool = false
  ) {
    let (frame, time) = (context.index, context.time.seconds)
    if beganShot || shots.isEmpty { shots.append((frame, frame)) }
    shots[shots.count - 1].last = frame
    defer { previousFrame = frame }
    frameCount += 1
    let boxes = links.map { poses[$0.pose].box }
    var current: [Int] = []
    for (order, link) in links.enumerated() {
      let places = places(of: link.pose, ids, frame)
      let tracklet = tracklet(
        for: link, frame: frame, time: time, isNamed: places.contains { cuts.before.contains($0) })
      let limit = 0.2 * boxes[order].area
      let isClear = boxes.indices.allSatisfy { $0 == order || boxes[order].intersection(boxes[$0]) < limit }
      var still = boxes[order]
      (still.x, still.y) = (still.x - camera.x, still.y - camera.y)
      tracklets[tracklet].add(
        poses[link.pose], box: still,
        sideDistance: context.width.map {
          max(0, min(boxes[order].x, Double($0) - boxes[order].maxX)) / max(1, boxes[order].height)
        },
        frame: frame, order: frameCount, time: time, isClear: isClear)
      for place in places where cuts.all.contains(place) { named[place] = tracklet }
      if places.contains(where: { cuts.after.contains($0) }) { ended.insert(tracklet) }
      current.append(tracklet)
    }
    for first in boxes.indices {
      for second in boxes.indices where second > first && boxes[first].iou(boxes[second]) > Self.duplicateOverlap {
        overlaps[Overlap(first: current[first], second: current[second]), default: 0] += 1
      }
    }
  }

  private mutating func tracklet(for link: Link, frame: Int, time: Double, isNamed: Bool) -> Int {
    if let last = ofTrack[link.track]?.last, !isNamed, !ended.contains(last),
      time - tracklets[last].lastTime <= options.cutGap + 1e-6 || tracklets[last].lastFrame == previousFrame
    {
      return last
    }
    tracklets.append(Tracklet(track: link.track, shot: shots.count - 1, frame: frame, time: time))
    ofTrack[link.track, default: []].append(tracklets.count - 1)
    return tracklets.count - 1
  }

  private func places(of pose: Int, _ ids: [Int?], _ frame: Int) -> [LinkConstraints.Place] {
    guard !cuts.all.isEmpty else { return [] }
    let id = ids.indices.contains(pose) ? ids[pose] : nil
    return [LinkConstraints.Place(frame: frame, person: .place(pose))]
      + (id.map { [LinkConstraints.Place(frame: frame, person: .track($0))] } ?? [])
  }

  /// IoU from which on two boxes may be of one person.
  private static let duplicateOverlap = 0.6
}

/// Where constraints cut tracks: after the earlier and before the later pose of each pair.
struct ConstraintCuts {
  private(set) var after: Set<LinkConstraints.Place> = []
  private(set) var before: Set<LinkConstraints.Place> = []
  private(set) var all: Set<LinkConstraints.Place> = []

  init(_ constraints: LinkConstraints) {
    for pair in constraints.mustLinks + constraints.cannotLinks {
      let isInOrder = pair.first.frame <= pair.second.frame
      after.insert(isInOrder ? pair.first : pair.second)
      before.insert(isInOrder ? pair.second : pair.first)
    }
    all = after.union(before)
  }
}
