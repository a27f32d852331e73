internal import Pose

/// Smooths the keypoints of tracks by a filter that looks at frames before and after.
struct TrackSmoothing<Payload> {
  private let filter: any SignalFilter
  private var window: LookAhead<Payload>
  private(set) var report = SmoothingReport()

  init(_ filter: any SignalFilter) {
    self.filter = filter
    window = LookAhead(reach: filter.reach)
  }

  /// The frames that are done.
  mutating func add(_ frame: SignalFrame<Payload>) -> [SignalFrame<Payload>] {
    window.add(frame)
    return smooth(window.ready())
  }

  mutating func finish() -> [SignalFrame<Payload>] { smooth(window.ready(isLast: true)) }

  private mutating func smooth(_ ready: Range<Int>?) -> [SignalFrame<Payload>] {
    guard let ready else { return [] }
    var result = Array(window.frames[ready])
    for stretch in TrackStretch.all(in: window.frames) where stretch.frames.overlaps(ready) {
      smooth(stretch, ready, into: &result)
    }
    window.release(until: ready.upperBound)
    return result
  }

  private mutating func smooth(
    _ stretch: TrackStretch, _ ready: Range<Int>, into result: inout [SignalFrame<Payload>]
  ) {
    let poses = zip(stretch.frames, stretch.places).map { window.frames[$0].people[$1].pose }
    for joint in 0..<(poses.map(\.keypoints.count).max() ?? 0) {
      let points = poses.map { $0.keypoints.indices.contains(joint) ? $0.keypoints[joint] : nil }
      for run in points.indices.split(whereSeparator: { points[$0] == nil }) {
        let keypoints = points[run].compactMap(\.self)
        let signal = Signal(
          times: run.map { window.frames[stretch.start + $0].time },
          values: keypoints.map { SIMD2($0.point.x, $0.point.y) }, scores: keypoints.map(\.score))
        let smooth = signal.values.count > 1 ? filter.smooth(signal) : nil
        for (number, value) in zip(run, smooth ?? signal.values) where ready.contains(stretch.start + number) {
          report.keypoints += 1
          if smooth == nil { report.untouched += 1 }
          let point = Point(x: value.x, y: value.y)
          result[stretch.start + number - ready.lowerBound].people[stretch.places[number]].pose.keypoints[joint]?
            .point =
            point
        }
      }
    }
  }
}
