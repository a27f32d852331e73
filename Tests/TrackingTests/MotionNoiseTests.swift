import Pose
import Testing

@testable import Tracking

@Suite struct `Noise of motion` {
  @Test func `errors that go on speak for agility, ones that alternate against it`() {
    var (turning, jumping) = (MotionNoise(), MotionNoise())
    for index in 0..<10 {
      turning.learn(from: Point(x: 1, y: 1))
      let side = index.isMultiple(of: 2) ? 1.0 : -1
      jumping.learn(from: Point(x: side, y: side))
    }
    #expect(turning.agility > 2)
    #expect(jumping.agility < 0.5)
    #expect(turning.scale == 1 && jumping.scale == 1)
  }

  @Test func `noise is as large as the errors, within bounds`() {
    var (small, large) = (MotionNoise(), MotionNoise())
    for _ in 0..<200 {
      small.learn(from: Point(x: 0, y: 0))
      large.learn(from: Point(x: 9, y: -9))
    }
    #expect(small.scale == 0.6)
    #expect(large.scale == 2.5)
    #expect(large.agility == 8)
  }
}
