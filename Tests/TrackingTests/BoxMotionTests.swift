import Pose
import Testing

@testable import Tracking

@Suite struct `Motion of boxes` {
  @Test func `who is cut off goes on sideways, not upwards`() {
    func box(_ frame: Int, height: Double) -> Box { Box(x: 4 * Double(frame), y: 100, width: 60, height: height) }
    var motion = BoxMotion(box(0, height: 200))
    for frame in 1...40 {
      motion.advance(1 / 30, seen: true)
      motion.observe(box(frame, height: frame <= 30 ? 200 : 60))
      #expect(abs(motion.box.center.y - (frame <= 30 ? 200 : 130)) < 1)
    }
    for _ in 0..<5 { motion.advance(1 / 30, seen: false) }
    #expect(abs(motion.box.center.y - 130) < 1)
    #expect(abs(motion.box.center.x - (4 * 45 + 30)) < 10)
  }
}
