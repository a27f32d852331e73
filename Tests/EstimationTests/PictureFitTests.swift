internal import Foundation
internal import Models
internal import Pose
import Testing

@testable internal import Estimation

@Suite struct `Sizes of whole pictures` {
  /// What mmpose 0.29's `_get_multi_scale_size` and `get_affine_transform` or `get_warp_matrix` give.
  struct Example: Decodable {
    var picture: [Int]
    var input: Int
    var udp: Bool
    var scales: [Double]
    var scale: Double
    var size: [Int]
    /// Factor and offset along x, then along y.
    var affine: [Double]
    var base: [Int]
    var center: [Double]
    var span: [Double]
  }

  @Test func `a picture is resized, and keypoints are brought back, as mmpose 0 does`() throws {
    let file = try #require(Bundle.module.url(forResource: "Fixtures/bottom_up_sizes", withExtension: "json"))
    for example in try JSONDecoder().decode([Example].self, from: Data(contentsOf: file)) {
      var settings = HeatmapParserSettings(usesUDP: example.udp)
      settings.scaleFactors = example.scales
      let description = BottomUpDescription(
        inputWidth: example.input, inputHeight: example.input, keypointSet: "coco17", codec: .heatmapParser(settings))
      let method = try #require(description.codec.method(description, .coco17))
      let (width, height) = (example.picture[0], example.picture[1])
      let fit = method.fit(width: width, height: height, scale: example.scale)
      #expect([fit.width, fit.height] == example.size, "\(example)")
      let affine = fit.affine
      let numbers = [affine.a, affine.c, affine.e, affine.f]
      #expect(zip(numbers, example.affine).allSatisfy { abs($0 - $1) < 1e-6 }, "\(example) \(numbers)")
      let maps = PredictionMaps(channels: 0, height: example.base[1] / 2, width: example.base[0] / 2, values: [])
      let back = method.toPicture(width: width, height: height, from: maps)
      let point = back.apply(Point(x: 10, y: 20))
      let margin = example.udp ? 1 : 0
      let expected = zip([10.0, 20.0], [0, 1]).map { value, axis in
        value * example.span[axis] / Double(example.base[axis] / 2 - margin)
          + (example.udp ? 0 : example.center[axis] - example.span[axis] / 2)
      }
      #expect(abs(point.x - expected[0]) < 1e-6 && abs(point.y - expected[1]) < 1e-6, "\(example)")
    }
  }

  @Test func `mmpose 1 covers the input or fits into it`() throws {
    var settings = AssociativeEmbeddingSettings()
    (settings.sizeFactor, settings.resizeMode, settings.restoresHeatmapSize) = (64, .expand, true)
    func method() throws -> any GroupingMethod {
      let description = BottomUpDescription(
        inputWidth: 512, inputHeight: 512, keypointSet: "coco17", codec: .associativeEmbedding(settings))
      return try #require(description.codec.method(description, .coco17))
    }
    let wide = try method().fit(width: 640, height: 480, scale: 1)
    #expect(wide.width == 704 && wide.height == 512)
    let corner = wide.affine.apply(Point(x: 0, y: 0))
    #expect(abs(corner.x - (704 - 512 * 4 / 3.0) / 2) < 1e-9 && abs(corner.y) < 1e-9)
    let maps = PredictionMaps(channels: 0, height: 512, width: 704, values: [])
    let back = try method().toPicture(width: 640, height: 480, from: maps).apply(
      wide.affine.apply(Point(x: 100, y: 37)))
    #expect(abs(back.x - 100) < 1e-9 && abs(back.y - 37) < 1e-9)
    settings.resizeMode = .fit
    let fit = try method().fit(width: 640, height: 480, scale: 1)
    #expect(fit.width == 512 && fit.height == 512)
    #expect(abs(fit.affine.a - 0.8) < 1e-12)
  }
}
