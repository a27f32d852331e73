import Pose
import TestSupport
import Testing

@testable import Evaluation

@Suite struct `Ranking outcomes` {
  @Test(arguments: [0, 1, 1000, 100_000])
  func `outcomes come by score and equal scores in the order given`(count: Int) {
    var random = SeededRandom(seed: 5)
    let scores = (0..<count).map { _ in Double(Int.random(in: 0...500, using: &random)) / 500 }
    var ranking = Ranking<Int>()
    for (index, score) in scores.enumerated() { ranking.append(index, score: score) }
    #expect(
      ranking.ranked() == scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) })
  }
}

@Suite struct `A grid of boxes` {
  @Test func `finds every box that another touches`() {
    var random = SeededRandom(seed: 9)
    func box(_ size: Double) -> Box {
      Box(
        x: Double.random(in: -300...300, using: &random), y: Double.random(in: -300...300, using: &random),
        width: Double.random(in: 0...size, using: &random), height: Double.random(in: 0...size, using: &random))
    }
    let boxes = (0..<400).map { $0 % 50 == 0 ? box(2000) : box(40) } + [Box(x: 1e300, y: 0, width: 1, height: 1e300)]
    let grid = BoxGrid(boxes, side: 30)
    for asked in (0..<100).map({ $0 % 10 == 0 ? box(5000) : box(60) }) + boxes {
      let near = grid.near(asked)
      #expect(near == Set(near).sorted())
      #expect(Set(near).isSuperset(of: boxes.indices.filter { boxes[$0].intersection(asked) > 0 }))
    }
    #expect(grid.near(Box(x: 0, y: 0, width: 30, height: 30)).count < 100)
  }
}
