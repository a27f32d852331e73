internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing

@Suite struct `Warping` {
  @Test(arguments: ["rotated", "shrunk", "enlarged", "mirrored", "outside", "sheared"])
  func `A warp equals OpenCV's to one level`(name: String) throws {
    let matrices = try JSONDecoder().decode(
      [String: [Double]].self, from: Data(contentsOf: Fixture.url("warps.json")))
    let expected = try Fixture.image("warp-\(name)")
    let result = try Fixture.image("source").warped(
      by: Affine(#require(matrices[name])), width: expected.width, height: expected.height)
    #expect(try #require(result.largestDifference(to: expected)) <= 1)
  }

  @Test func `Crops of a photo equal the published crops to one level`() throws {
    let folder = try SharedFiles.file("reference/preprocess")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let cases = try decoder.decode(CropCases.self, from: Data(contentsOf: folder.appending(path: "cases.json")))
    let photo = try Image(png: folder.appending(path: "images/coco_000000040083.decoded.png"))
    let matching = cases.cases.filter { $0.image == "images/coco_000000040083.jpg" }
    #expect(!matching.isEmpty)
    for crop in matching.flatMap({ [$0.affine, $0.affineUdp] }) {
      let expected = try Image(png: folder.appending(path: crop.cropPng))
      let result = photo.warped(
        by: Affine(crop.warpMatrix.flatMap(\.self)), width: expected.width, height: expected.height)
      #expect(try #require(result.largestDifference(to: expected)) <= 1, "\(crop.cropPng)")
    }
  }

  @Test func `Rows warped apart equal the whole`() throws {
    let source = try Fixture.image("source")
    let transform = Affine([1.3, -0.6, 4, 0.5, 1.1, -3])
    var pixels = [UInt8](repeating: 0, count: 40 * 30 * 3)
    pixels.withUnsafeMutableBufferPointer { output in
      for rows in [0..<7, 7..<8, 8..<30] {
        let part = UnsafeMutableBufferPointer(rebasing: output[rows.lowerBound * 120..<rows.upperBound * 120])
        source.warp(by: transform, width: 40, rows: rows, into: part)
      }
    }
    #expect(pixels == source.warped(by: transform, width: 40, height: 30).pixels)
  }

  @Test(arguments: [
    [0, 0, 0, 0, 0, 0], [.nan, 0, 0, 0, 1, 0], [1, 0, .infinity, 0, 1, 0], [1e-300, 0, 0, 0, 1e-300, 0],
    [1, 1, 0, 1, 1, 0], [1e300, 0, 0, 0, 1e300, 0],
  ])
  func `A transform without an inverse gives black`(values: [Double]) throws {
    let result = try Fixture.image("source").warped(by: Affine(values), width: 9, height: 5)
    #expect(result == Image(width: 9, height: 5))
  }

  @Test func `Pictures of one pixel and of none can be warped`() {
    let identity = Affine([1, 0, 0, 0, 1, 0])
    let pixel = Image(width: 1, height: 1, pixels: [200, 100, 50])
    #expect(pixel.warped(by: identity, width: 2, height: 1).pixels == [200, 100, 50, 0, 0, 0])
    #expect(Image(width: 0, height: 0).warped(by: identity, width: 1, height: 1).pixels == [0, 0, 0])
    #expect(pixel.warped(by: identity, width: 0, height: 3).pixels.isEmpty)
  }
}

private struct CropCases: Decodable {
  struct Crop: Decodable {
    var warpMatrix: [[Double]]
    var cropPng: String
  }
  struct Case: Decodable {
    var image: String
    var affine: Crop
    var affineUdp: Crop
  }
  var cases: [Case]
}

extension Affine {
  fileprivate init(_ values: [Double]) {
    self.init(a: values[0], b: values[1], c: values[2], d: values[3], e: values[4], f: values[5])
  }
}
