internal import Foundation
internal import Pose
internal import TestSupport
import Testing

@testable internal import Imaging

@Suite struct `Optical flow` {
  private struct Case: Decodable {
    struct Match: Decodable {
      var from: [Double]
      /// nil where the point is lost.
      var to: [Double]?
      var difference: Double?
    }

    var name: String
    var matches: [Match]
  }

  /// The numbers of `calcOpticalFlowPyrLK` (`Tools/fixtures/make_flow_fixtures.py`). OpenCV sums in single precision.
  @Test func `Points are found and lost where OpenCV finds and loses them`() throws {
    let before = FlowPyramid(try plane("flow-before"))
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: Fixture.url("flow.json")))
    #expect(cases.map(\.name) == ["small", "large"])
    for motion in cases {
      let after = FlowPyramid(try plane("flow-\(motion.name)"))
      let points = motion.matches.map { Point(x: $0.from[0], y: $0.from[1]) }
      let found = LucasKanade().matches(of: points, from: before, to: after)
      for (expected, match) in zip(motion.matches, found) {
        #expect((expected.to == nil) == (match == nil), "\(motion.name) \(expected.from)")
        guard let to = expected.to, let match else { continue }
        #expect(hypot(match.point.x - to[0], match.point.y - to[1]) < 0.05, "\(motion.name) \(expected.from)")
        #expect(abs(match.difference - (expected.difference ?? 0)) < 0.1, "\(motion.name) \(expected.from)")
      }
    }
  }

  @Test func `The smaller sizes are those of OpenCV, down to windows`() {
    let sizes = { (width: Int, height: Int) in
      FlowPyramid(Plane(width: width, height: height, level: 9)).levels.map { [$0.width, $0.height] }
    }
    #expect(sizes(640, 361) == [[640, 361], [320, 181], [160, 91], [80, 46]])
    #expect(sizes(85, 200) == [[85, 200], [43, 100], [22, 50]])
    #expect(sizes(1, 1) == [[1, 1]])
    let found = LucasKanade().matches(
      of: [Point(x: 0, y: 0)], from: FlowPyramid(Plane(width: 1, height: 1, level: 9)),
      to: FlowPyramid(Plane(width: 1, height: 1, level: 200)))
    #expect(found.count == 1 && found[0] == nil)
  }

  @Test func `Points that are no numbers, or infinitely far, are lost`() throws {
    let picture = FlowPyramid(try plane("flow-before"))
    let points = [Point(x: .nan, y: 3), Point(x: 3, y: -.infinity), Point(x: 1e300, y: 3), Point(x: 40, y: 40)]
    let found = PyramidFlow(from: picture, to: picture).moved(points)
    #expect(found.dropLast().allSatisfy { $0 == nil })
    #expect(found.last == .some(Point(x: 40, y: 40)))
  }

  @Test func `Across a cut points are lost`() throws {
    let picture = try plane("flow-before")
    let negative = Plane(width: picture.width, height: picture.height, bytes: picture.bytes.map { 255 - $0 })
    let points = (0..<40).map { Point(x: 12 + Double($0 % 8) * 17, y: 12 + Double($0 / 8) * 20) }
    let kept = PyramidFlow(from: FlowPyramid(picture), to: FlowPyramid(negative)).moved(points).compactMap(\.self)
    #expect(kept.count <= 4, "\(kept.count) of 40")
  }

  @Test func `RGB is as bright as its planes`() {
    let colours: [[UInt8]] = [[0, 0, 0], [255, 255, 255], [200, 40, 30], [30, 160, 60]]
    let image = Image(width: 2, height: 2, pixels: colours.flatMap(\.self))
    #expect(Picture.rgb(image).luma.bytes == [0, 255, 87, 110])
    let planes = PlanarImage(
      matrix: .bt601, isFullRange: true, luma: Plane(width: 2, height: 2, bytes: [1, 2, 3, 4]),
      blueChroma: Plane(width: 1, height: 1, level: 128), redChroma: Plane(width: 1, height: 1, level: 128))
    #expect(Picture.planar(planes).luma.bytes == [1, 2, 3, 4])
  }

  private func plane(_ name: String) throws -> Plane {
    let data = try Data(contentsOf: Fixture.url("\(name).pgm"))
    let header = "P5\n151 118\n255\n"
    try #require(data.starts(with: header.utf8))
    return Plane(width: 151, height: 118, bytes: Array(data.dropFirst(header.utf8.count)))
  }
}

@Suite struct `Motion of an encoder` {
  private func field(_ blocks: [(left: Int, top: Int, side: Int, shift: SIMD2<Float>)]) -> MotionField {
    var field = MotionField(width: 100, height: 60)
    for block in blocks {
      field.set(
        left: block.left, top: block.top, right: block.left + block.side, bottom: block.top + block.side,
        shift: block.shift)
    }
    return field
  }

  @Test func `A point goes where the block is that came from it`() {
    // The block at 48…63, 16…31 was at 36…51, 22…37; what it uncovers is from nowhere.
    let ground = stride(from: 0, to: 104, by: 8).flatMap { left in
      stride(from: 0, to: 64, by: 8).map { (left: left, top: $0, side: 8, shift: SIMD2<Float>(0, 0)) }
    }.filter { !(32..<56).contains($0.left) || !(16..<40).contains($0.top) }
    let field = field(ground + [(48, 16, 16, SIMD2(12, -6))])
    #expect(field.moved(Point(x: 44, y: 30)) == Point(x: 56, y: 24))
    #expect(field.moved(Point(x: 50, y: 36)) == Point(x: 62, y: 30))
    #expect(field.moved(Point(x: 20, y: 30)) == Point(x: 20, y: 30))
    #expect(field.moved(Point(x: .nan, y: 30)) == nil && field.moved(Point(x: -1e300, y: 30)) == nil)
  }

  @Test func `Where no block tells, nothing is known`() {
    let field = field([(16, 16, 16, SIMD2(1, 2))])
    #expect(field.moved(Point(x: 23, y: 23)) == Point(x: 24, y: 25))
    #expect(field.moved(Point(x: 60, y: 23)) == nil)
    #expect(!field.isEmpty && MotionField(width: 100, height: 60).isEmpty)
  }

  @Test func `Motions follow each other, and a gap in one ends them`() {
    let right = field([(0, 0, 104, SIMD2(8, 0))])
    let down = field([(0, 0, 48, SIMD2(0, 4))])
    let path = MotionPath([right, down])
    #expect(path.moved([Point(x: 10, y: 10), Point(x: 60, y: 10)]) == [Point(x: 18, y: 14), nil])
    #expect(path.byteCount == 2 * right.byteCount && right.byteCount > 0)
  }

  @Test func `Blocks beyond the edges count as far as they are in the picture`() {
    let field = field([(-8, -8, 16, SIMD2(1, 1)), (92, 52, 16, SIMD2(2, 2)), (300, 300, 16, SIMD2(9, 9))])
    #expect(field.moved(Point(x: 1, y: 1)) == Point(x: 2, y: 2))
    #expect(field.moved(Point(x: 97, y: 57)) == Point(x: 99, y: 59))
  }
}
