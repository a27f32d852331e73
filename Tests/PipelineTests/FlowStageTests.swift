internal import Imaging
internal import Pose
internal import Testing
internal import Timing
internal import Tracking
internal import Video

@testable internal import Pipeline

@Suite struct `The flow from frame to frame` {
  /// Squares whose levels differ, moved to the right.
  private func frame(_ index: Int, width: Int = 128, by shift: Int = 0, motion: MotionPath? = nil) -> Frame {
    let height = 96
    let luma = (0..<height).flatMap { y in
      (0..<width).map { x in UInt8(truncatingIfNeeded: ((x - shift + 1000) / 9 * 37 + y / 7 * 59) % 200) }
    }
    let chroma = Plane(width: width / 2, height: height / 2, level: 128)
    let picture = PlanarImage(
      matrix: .bt601, isFullRange: false, luma: Plane(width: width, height: height, bytes: luma), blueChroma: chroma,
      redChroma: chroma)
    return Frame(
      index: index, time: MediaTime(ticks: Int64(index), denominator: 25), picture: .planar(picture), motion: motion)
  }

  private var path: MotionPath {
    var field = MotionField(width: 128, height: 96)
    field.set(left: 0, top: 0, right: 128, bottom: 96, shift: SIMD2(0, 5))
    return MotionPath([field])
  }

  private let points = [Point(x: 63, y: 49)]

  @Test func `it is looked for in the pictures, unless the motion of the encoder is asked for and there`() throws {
    for (source, motion, expected) in [
      (FlowTrackerOptions.Source.lucasKanade, path, Point(x: 66, y: 49)), (.motionVectors, path, Point(x: 63, y: 54)),
      (.motionVectors, nil, Point(x: 66, y: 49)),
    ] as [(FlowTrackerOptions.Source, MotionPath?, Point)] {
      var stage = FlowStage(source)
      let first = stage.next(frame(0, motion: motion))
      #expect(first == nil)
      let flow = stage.next(frame(1, by: 3, motion: motion))
      let moved = try #require(flow).moved(points)[0]
      let found = try #require(moved)
      #expect(abs(found.x - expected.x) < 0.1 && abs(found.y - expected.y) < 0.1, "\(source) \(found)")
    }
  }

  @Test func `frames of another size have none, and those after them do`() throws {
    var stage = FlowStage(.lucasKanade)
    _ = stage.next(frame(0))
    let (narrow, wide) = (stage.next(frame(1, width: 64)), stage.next(frame(2, by: 2)))
    #expect(narrow == nil && wide == nil)
    let flow = stage.next(frame(3, by: 4))
    let moved = try #require(flow).moved(points)[0]
    #expect(abs(try #require(moved).x - 65) < 0.1)
  }
}
