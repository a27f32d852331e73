import Pose
import Testing
private import Timing
import Tracking

@Suite struct `Smoothing` {
  /// The x of one joint after each frame.
  private func smooth(_ positions: [(tick: Int64, x: Double)], options: SmootherOptions = SmootherOptions()) -> [Double]
  {
    var smoother = Smoother(options: options)
    return positions.compactMap { tick, x in
      let poses = [TrackedPose(person(x: x), trackID: 7)]
      return smoother.smooth(poses, at: MediaTime(ticks: tick, denominator: 30)).first?.pose.keypoints[0]?.point.x
    }
  }

  @Test func `jitter at rest shrinks to a third`() {
    let smoothed = smooth((0..<90).map { (Int64($0), $0.isMultiple(of: 2) ? 1 : -1) })
    let swing = zip(smoothed.dropFirst(30), smoothed.dropFirst(31)).map { abs($0 - $1) }.max() ?? 2
    #expect(swing < 2.0 / 3)
  }

  @Test func `fast motion is followed within a frame`() {
    let speed = 20.0  // pixels a frame, three heights a second
    let smoothed = smooth((0..<30).map { (Int64($0), Double($0) * speed) })
    #expect(abs(smoothed[29] - 29 * speed) < speed)
  }

  @Test func `the filter uses time not frames`() {
    let even = smooth((0..<20).map { (Int64($0) * 2, 10 * Double($0)) })
    let uneven = smooth((0..<20).map { (Int64($0), 10 * Double($0)) })
    #expect(even[19] != uneven[19])
  }

  @Test func `after a gap a joint starts anew`() {
    #expect(smooth([(0, 0), (1, 10), (40, 500)]).last == 500)
  }
}
