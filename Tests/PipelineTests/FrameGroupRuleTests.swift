import Testing

@testable internal import Pipeline

@Test(arguments: [
  ([], 0), ([1, 1, 1], 0), ([4, 4, 4, 4], 4), ([4, 4, 4, 4, 9], 4), ([20, 20, 3], 2),
  ([0, 0, 0, 0, 0, 0, 0, 0], 8), ([0, 0, 0, 0, 0, 0, 0, 0, 0], 8),
])
func `groups end when they hold enough`(people: [Int], complete: Int) {
  #expect(FrameGroupRule(people: 16, frames: 8).completeFrames(people) == complete)
}

@Test(arguments: [(1920, 1080, 8), (3840, 2160, 5), (7680, 4320, 1), (16384, 8192, 1)])
func `fewer frames wait where they are large`(width: Int, height: Int, frames: Int) {
  #expect(FrameGroupRule.standard(width: width, height: height).frames == frames)
}

@Test func `frames alone are groups of one`() {
  #expect(FrameGroupRule(people: .max, frames: 1).completeFrames([3, 0, 2]) == 3)
}
