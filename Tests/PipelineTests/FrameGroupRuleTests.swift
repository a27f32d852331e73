import Testing

@testable internal import Pipeline

@Test(arguments: [
  ([], 0), ([1, 1, 1], 0), ([4, 4, 4, 4], 4), ([4, 4, 4, 4, 9], 4), ([20, 20, 3], 2),
  ([0, 0, 0, 0, 0, 0, 0, 0], 8), ([0, 0, 0, 0, 0, 0, 0, 0, 0], 8),
])
func `groups end when they hold enough`(people: [Int], complete: Int) {
  #expect(FrameGroupRule(people: 16, frames: 8).completeFrames(frames(people)) == complete)
}

@Test func `groups end with their section`() {
  let rule = FrameGroupRule(people: 16, frames: 8)
  #expect(rule.completeFrames(frames([1, 1, 1, 1], from: 253)) == 3)
  #expect(rule.completeFrames(frames(Array(repeating: 1, count: 9), from: 255)) == 9)
  #expect(rule.completeFrames([DoneFrame(index: 5, people: 1), DoneFrame(index: 700, people: 1)]) == 1)
}

private func frames(_ people: [Int], from first: Int = 0) -> [DoneFrame] {
  people.enumerated().map { DoneFrame(index: first + $0, people: $1) }
}

@Test(arguments: [(1920, 1080, 8), (3840, 2160, 5), (7680, 4320, 1), (16384, 8192, 1)])
func `fewer frames wait where they are large`(width: Int, height: Int, frames: Int) {
  #expect(FrameGroupRule.standard(width: width, height: height).frames == frames)
}

@Test func `frames alone are groups of one`() {
  #expect(FrameGroupRule(people: .max, frames: 1).completeFrames(frames([3, 0, 2])) == 3)
}
