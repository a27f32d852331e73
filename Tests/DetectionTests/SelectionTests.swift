internal import Imaging
internal import Pose
import Testing

@testable internal import Detection

@Suite struct `Which boxes count` {
  /// Finds what it is told to in pictures of given sizes.
  private final class Stub: BoxProvider {
    var seen: [(width: Int, height: Int)] = []
    let find: (Picture) -> [ScoredBox]

    init(_ find: @escaping (Picture) -> [ScoredBox]) { self.find = find }

    func boxes(in frame: FrameView) -> [ScoredBox] {
      seen.append((frame.picture.width, frame.picture.height))
      return find(frame.picture)
    }
  }

  private func view(_ width: Int, _ height: Int) -> FrameView {
    FrameView(index: 0, picture: .rgb(Image(width: width, height: height)))
  }

  private let boxes = [
    ScoredBox(Box(x: 0, y: 0, width: 20, height: 40), score: 0.9),
    ScoredBox(Box(x: 50, y: 0, width: 20, height: 80), score: 0.8),
    ScoredBox(Box(x: 80, y: 60, width: 20, height: 20), score: 0.7),
  ]

  private func kept(_ selection: BoxSelection) throws -> [Double] {
    let all = boxes
    return try SelectedBoxes(Stub { _ in all }, selection: selection).boxes(in: view(100, 80)).map(\.score)
  }

  @Test func `People count by their height and by where their centre is`() throws {
    #expect(try kept(BoxSelection(minimumHeight: 40)) == [0.9, 0.8])
    #expect(try kept(BoxSelection(region: Box(x: 40, y: 0, width: 50, height: 80))) == [0.8])
    #expect(try kept(BoxSelection(region: Box(x: 40, y: 0, width: 51, height: 80))) == [0.8, 0.7])
    #expect(try kept(BoxSelection()) == [0.9, 0.8, 0.7])
  }

  @Test func `People who are mostly ignored are left out`() throws {
    let half = IgnoreMask(width: 100, height: 80) { x, _ in x < 61 }
    #expect(try kept(BoxSelection(ignored: half)) == [0.7])
    let exactly = IgnoreMask(width: 100, height: 80) { x, _ in x < 60 }
    #expect(try kept(BoxSelection(ignored: exactly)) == [0.8, 0.7])
  }

  @Test func `A mask or a region of another size of the video is refused`() {
    let mask = IgnoreMask(width: 50, height: 40) { _, _ in true }
    let error = #expect(throws: DetectionError.self) { try kept(BoxSelection(ignored: mask)) }
    #expect(error?.description.contains("50×40") == true && error?.description.contains("100×80") == true)
    #expect(throws: DetectionError.self) { try kept(BoxSelection(region: Box(x: 100, y: 0, width: 9, height: 9))) }
  }

  @Test func `Parts of the frame overlap by a quarter and cover it`() {
    for (size, count) in [(1920, 3), (1080, 2), (7, 8), (100, 1)] {
      let spans = TiledBoxes.spans(size, count)
      #expect(spans.count == count && spans[0].start == 0 && spans[count - 1].start + spans[count - 1].size == size)
      #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.start + $0.size >= $1.start })
    }
    #expect(TiledBoxes.spans(1400, 2).map(\.start) == [0, 600])
    #expect(TiledBoxes.spans(1400, 2).map(\.size) == [800, 800])
  }

  @Test func `Small people are found in parts, once, and whole`() throws {
    // The whole frame shows a large person; the parts a small one in both overlaps, and one who is cut by the right part.
    let stub = Stub { picture in
      guard picture.width < 1400 else { return [ScoredBox(Box(x: 100, y: 0, width: 900, height: 100), score: 0.9)] }
      return [
        ScoredBox(Box(x: 650, y: 10, width: 20, height: 40), score: 0.8),
        ScoredBox(Box(x: 50, y: 10, width: 20, height: 40), score: 0.7),
        ScoredBox(Box(x: 0, y: 0, width: 300, height: 100), score: 0.6),
      ]
    }
    let found = try TiledBoxes(detector: stub, grid: .init(columns: 2, rows: 1)).boxes(in: view(1400, 100))
    #expect(stub.seen.map(\.width) == [1400, 800, 800])
    #expect(found.map(\.score) == [0.9, 0.8, 0.8, 0.7, 0.6])
    #expect(found.map(\.box.x) == [100, 650, 1250, 50, 0])
  }
}
