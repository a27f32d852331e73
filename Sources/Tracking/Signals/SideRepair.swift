internal import Pose

/// Mends joints of the left and the right of the body that are confused for some frames: both lie far better where the other was,
/// and soon are back.
///
/// Of a pair of joints, a frame from which on each fits the other's way is a turn. A stretch between two turns that is short, and
/// shorter than those before and after it, was confused. Of a turn that nothing takes back nobody can say which side is right.
struct SideRepair<Payload> {
  private var window = LookAhead<Payload>(reach: 3 * Self.longest)
  /// Pairs of joints at the ends of limbs of the body's sides.
  private let pairs: [(left: Int, right: Int)]
  private(set) var report = SideReport()

  /// What is confused for longer, in seconds, is not touched.
  private static var longest: Double { 1 }
  /// A turn brings both joints so much nearer to where they should be…
  private static var gain: Double { 0.5 }
  /// … and at least so far, in sizes of the person.
  private static var leastShare: Double { 0.1 }

  init(_ skeleton: Skeleton) {
    let ends = Set(skeleton.limbs.filter { $0.side == .left }.flatMap { [$0.from, $0.to] })
    pairs = ends.sorted().compactMap { left in
      let right = skeleton.joints[left].flipIndex
      return right == left ? nil : (left, right)
    }
  }

  mutating func add(_ frame: SignalFrame<Payload>) -> [SignalFrame<Payload>] {
    window.add(frame)
    return mend(window.ready())
  }

  mutating func finish() -> [SignalFrame<Payload>] { mend(window.ready(isLast: true)) }

  private mutating func mend(_ ready: Range<Int>?) -> [SignalFrame<Payload>] {
    guard let ready else { return [] }
    var mended: Set<[Int]> = []
    for stretch in TrackStretch.all(in: window.frames) where stretch.frames.overlaps(ready) {
      for pair in pairs {
        for frames in confused(pair, in: stretch) where ready.contains(frames.lowerBound) {
          report.swaps += 1
          for frame in frames {
            let place = stretch.places[frame - stretch.start]
            window.change(frame, place) { $0.keypoints.swapAt(pair.left, pair.right) }
            mended.insert([frame, place])
          }
        }
      }
    }
    report.poses += mended.count
    defer { window.release(until: ready.upperBound) }
    return Array(window.frames[ready])
  }

  /// The frames in which a pair of joints is confused.
  private func confused(_ pair: (left: Int, right: Int), in stretch: TrackStretch) -> [Range<Int>] {
    let sights = stretch.frames.map { sight(of: pair, stretch, $0) }
    return sights.indices.split { sights[$0] == nil }.flatMap { run in
      let turns = Self.turns(sights[run].compactMap(\.self))
      let frames = stretch.start + run.lowerBound..<stretch.start + run.upperBound
      return Self.short(turns.map { $0 + frames.lowerBound }, in: frames) { first, last in
        window.frames[last].time - window.frames[first].time
      }
    }
  }

  private func sight(of pair: (left: Int, right: Int), _ stretch: TrackStretch, _ frame: Int) -> PairSight? {
    let pose = window.frames[frame].people[stretch.places[frame - stretch.start]].pose
    guard max(pair.left, pair.right) < pose.keypoints.count, let left = pose.keypoints[pair.left]?.point,
      let right = pose.keypoints[pair.right]?.point
    else { return nil }
    return PairSight(
      left: SIMD2(left.x, left.y), right: SIMD2(right.x, right.y), time: window.frames[frame].time,
      size: max(pose.box.area, 0).squareRoot())
  }

  /// Where the two joints change places.
  private static func turns(_ sights: [PairSight]) -> [Int] {
    var turns: [Int] = []
    var way: [PairSight] = []
    for (number, sight) in sights.enumerated() {
      var sight = turns.count.isMultiple(of: 2) ? sight : sight.crossed
      if let last = way.last {
        let guesses = [last] + (way.count > 1 ? [last.moved(since: way[way.count - 2], to: sight.time)] : [])
        let straight = guesses.map { sight.distances($0) }.min { $0.sum() < $1.sum() } ?? .zero
        let crossed = guesses.map { sight.crossed.distances($0) }.min { $0.sum() < $1.sum() } ?? .zero
        if all(crossed .< gain * straight), straight.sum() > 2 * leastShare * sight.size {
          turns.append(number)
          sight = sight.crossed
        }
      }
      way = way.suffix(1) + [sight]
    }
    return turns
  }

  /// The stretches between turns that are short, and shorter than their neighbours; the shortest first, as what is mended joins its
  /// neighbours.
  private static func short(
    _ turns: [Int], in frames: Range<Int>, duration: (_ first: Int, _ last: Int) -> Double
  ) -> [Range<Int>] {
    var stretches = zip([frames.lowerBound] + turns, turns + [frames.upperBound]).map { $0..<$1 }
    var result: [Range<Int>] = []
    while stretches.count > 1 {
      let number = stretches.indices.min { (stretches[$0].count, $0) < (stretches[$1].count, $1) } ?? 0
      let stretch = stretches[number]
      let neighbours = stretches[max(number - 1, 0)...min(number + 1, stretches.count - 1)]
      guard neighbours.filter({ $0 != stretch }).allSatisfy({ $0.count > stretch.count }),
        duration(stretch.lowerBound, stretch.upperBound - 1) <= longest
      else { break }
      result.append(stretch)
      let whole = (neighbours.first ?? stretch).lowerBound..<(neighbours.last ?? stretch).upperBound
      stretches.replaceSubrange(max(number - 1, 0)...min(number + 1, stretches.count - 1), with: [whole])
    }
    return result
  }
}

/// Where two joints are.
private struct PairSight {
  var left: SIMD2<Double>
  var right: SIMD2<Double>
  var time: Double
  /// Of the person, in pixels.
  var size: Double

  var crossed: PairSight { PairSight(left: right, right: left, time: time, size: size) }

  /// Of both joints from those of another.
  func distances(_ other: PairSight) -> SIMD2<Double> {
    let (first, second) = (left - other.left, right - other.right)
    return SIMD2((first * first).sum().squareRoot(), (second * second).sum().squareRoot())
  }

  /// Where they come to at the speed they have.
  func moved(since earlier: PairSight, to time: Double) -> PairSight {
    let share = (time - self.time) / (self.time - earlier.time)
    return PairSight(
      left: left + share * (left - earlier.left), right: right + share * (right - earlier.right), time: time, size: size
    )
  }
}
