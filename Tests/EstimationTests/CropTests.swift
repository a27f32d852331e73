internal import Foundation
internal import Imaging
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Estimation

@Suite struct `Cropping a person` {
  struct File: Decodable, Sendable {
    var cases: [Case]
  }

  struct Case: Decodable, Sendable {
    struct Crop: Decodable, Sendable {
      var warpMatrix: [[Double]]
      var cropPng: String
    }

    struct Back: Decodable, Sendable {
      var inputPoints: [[Double]]
      var imagePoints: [[Double]]
    }

    var name: String
    var image: String
    var bboxXywh: [Double]
    var padding: Double
    var inputSize: [Int]
    var affine: Crop
    var affineUdp: Crop
    var inputToImage: Back

    func geometry(usesUDP: Bool) -> CropGeometry? {
      CropGeometry(
        box: Box(x: bboxXywh[0], y: bboxXywh[1], width: bboxXywh[2], height: bboxXywh[3]), padding: padding,
        inputWidth: inputSize[0], inputHeight: inputSize[1], usesUDP: usesUDP)
    }
  }

  private func cases() throws -> [Case] {
    let url = try SharedFiles.file("reference/preprocess/cases.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: url)).cases
  }

  @Test(arguments: [false, true])
  func `Crop matrices are those of mmpose`(usesUDP: Bool) throws {
    for example in try cases() {
      let matrix = try #require(example.geometry(usesUDP: usesUDP)).affine
      let expected = (usesUDP ? example.affineUdp : example.affine).warpMatrix
      let found = [[matrix.a, matrix.b, matrix.c], [matrix.d, matrix.e, matrix.f]]
      for (row, wanted) in zip(found, expected) {
        for (value, other) in zip(row, wanted) {
          #expect(abs(value - other) <= 1e-4 * max(1, abs(other) / 10), "\(example.name): \(found) for \(expected)")
        }
      }
    }
  }

  @Test func `Keypoints go back to the picture as in mmpose`() throws {
    for example in try cases() {
      let geometry = try #require(example.geometry(usesUDP: false))
      for (input, image) in zip(example.inputToImage.inputPoints, example.inputToImage.imagePoints) {
        let point = geometry.imagePoint(Point(x: input[0], y: input[1]))
        #expect(abs(point.x - image[0]) < 1e-2 && abs(point.y - image[1]) < 1e-2, "\(example.name)")
      }
    }
  }

  @Test(
    arguments: [false, true],
    [
      "aic_054d9ce9", "coco_000000000785", "coco_000000040083", "coco_000000197388", "ochuman_003896",
      "posetrack_009473",
    ])
  func `Crops are OpenCV's to two levels`(usesUDP: Bool, name: String) throws {
    let photo = try SharedFiles.decodedPhoto(name)
    let examples = try cases().filter { $0.image == "images/\(name).jpg" }
    #expect(!examples.isEmpty)
    for example in examples {
      let png = try SharedFiles.file(
        "reference/preprocess/" + (usesUDP ? example.affineUdp : example.affine).cropPng)
      let expected = try Image(png: png)
      let found = try #require(example.geometry(usesUDP: usesUDP)).crop(of: Image(png: photo))
      let differences = zip(found, expected.pixels).map { abs(Int($0) - Int($1)) }
      #expect(found.count == expected.pixels.count)
      #expect(differences.max() ?? 0 <= 2, "\(example.name)")
      #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 0.3, "\(example.name)")
    }
  }

  @Test(arguments: [
    Box(x: 0, y: 0, width: 0, height: 10), Box(x: 0, y: 0, width: -4, height: 10),
    Box(x: .nan, y: 0, width: 10, height: 10), Box(x: 0, y: 0, width: .infinity, height: 10),
  ])
  func `A box without a positive finite extent has no crop`(_ box: Box) {
    #expect(CropGeometry(box: box, padding: 1.25, inputWidth: 192, inputHeight: 256, usesUDP: false) == nil)
  }
}

extension CropGeometry {
  /// The crop as bytes.
  func crop(of image: Image) -> [UInt8] {
    let scaling = PixelScaling(mean: [0, 0, 0], deviation: [1, 1, 1], reversesChannels: false)
    let size = inputWidth * inputHeight
    var planes = [Float](repeating: .nan, count: 3 * size)
    planes.withUnsafeMutableBufferPointer { cut(.rgb(image), scaling: scaling, into: $0.baseAddress!) }
    return (0..<size).flatMap { pixel in (0..<3).map { UInt8(planes[$0 * size + pixel]) } }
  }
}
