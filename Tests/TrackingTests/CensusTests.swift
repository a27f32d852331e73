import Pose
import Testing
private import Timing
import Tracking

@Suite struct `Choosing people` {
  private func person(_ id: Int, _ box: Box, joint: Point? = nil) -> TrackedPose {
    TrackedPose(
      Pose(keypoints: [joint.map { Keypoint($0, score: 1) }], box: box, score: 1), trackID: id)
  }

  private func chosen(_ choice: Choice, _ frames: [[TrackedPose]]) throws -> Set<Int> {
    var census = Census(choice)
    for (index, people) in frames.enumerated() {
      census.count(people, at: MediaTime(ticks: Int64(index), denominator: 10))
    }
    return try census.chosen()
  }

  private func spot(_ x: Double, _ y: Double, _ time: Double) -> Choice {
    Choice(follow: [.init(Point(x: x, y: y), time: time)])
  }

  @Test func `the largest are those who take up most of the picture over all frames`() throws {
    let stays = person(4, Box(x: 0, y: 0, width: 40, height: 100))
    let small = person(2, Box(x: 50, y: 0, width: 30, height: 80))
    let near = person(9, Box(x: 90, y: 0, width: 200, height: 300))
    let frames = (0..<100).map { [stays, small] + ($0 == 50 ? [near] : []) }
    #expect(try chosen(Choice(largest: 1), frames) == [4])
    #expect(try chosen(Choice(largest: 2), frames) == [4, 2])
    #expect(try chosen(Choice(largest: 9), frames) == [2, 4, 9])
    #expect(try chosen(Choice(largest: 1), []).isEmpty)
  }

  @Test func `a place names the person who is there at that time`() throws {
    let frames = (0..<30).map { index in
      [
        person(1, Box(x: Double(index) * 10, y: 0, width: 20, height: 60)),
        person(2, Box(x: 300 - Double(index) * 10, y: 0, width: 20, height: 60)),
      ]
    }
    #expect(try chosen(spot(10, 30, 0), frames) == [1])
    #expect(try chosen(spot(290, 30, 2.9), frames) == [1])
    #expect(try chosen(spot(20, 30, 2.9), frames) == [2])
    let both = Choice(follow: [
      .init(Point(x: 10, y: 30), time: 0), .init(Point(x: 310, y: 30), time: 0),
    ])
    #expect(try chosen(both, frames) == [1, 2])
  }

  @Test func `of people over each other the one whose joint is nearest is meant`() throws {
    let box = Box(x: 0, y: 0, width: 100, height: 100)
    let frames = [
      [person(1, box, joint: Point(x: 10, y: 10)), person(2, box, joint: Point(x: 80, y: 80))]
    ]
    #expect(try chosen(spot(70, 70, 0), frames) == [2])
    #expect(try chosen(spot(30, 30, 0), frames) == [1])
  }

  @Test func `someone out of sight in that very frame is found in those around it`() throws {
    var frames = Array(repeating: [person(1, Box(x: 0, y: 0, width: 50, height: 50))], count: 20)
    for index in 9...11 { frames[index] = [] }
    #expect(try chosen(spot(20, 20, 1), frames) == [1])
  }

  @Test func `where nobody is, the nearest is told`() throws {
    let frames = [
      [
        person(1, Box(x: 0, y: 0, width: 50, height: 50)),
        person(6, Box(x: 200, y: 0, width: 50, height: 50)),
      ]
    ]
    #expect { try chosen(spot(300, 20, 0), frames) } throws: {
      ($0 as? NobodyThere)?.nearest?.trackID == 6
    }
    #expect { try chosen(spot(20, 20, 5), frames) } throws: { error in
      let nobody = error as? NobodyThere
      return nobody?.nearest == nil && nobody?.times == 0...0
    }
  }
}
