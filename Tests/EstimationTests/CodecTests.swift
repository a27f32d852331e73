internal import Foundation
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Estimation

/// mmpose 1.1's own decoding of synthetic maps: blobs, borders, plateaus, noise, empty and negative maps.
@Suite struct `Keypoint codecs` {
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var result: String
    var codec: KeypointCodec
    var inputs = ["heatmaps"]
    var width = 192
    var height = 256
    var testDescription: String { "\(result) of \(file)" }
  }

  static let cases = [
    Case(file: "heatmap_64x48", result: "msra", codec: .heatmap),
    Case(file: "heatmap_64x48", result: "dark11", codec: .heatmapDark(blurKernel: 11)),
    Case(file: "heatmap_64x48", result: "dark17", codec: .heatmapDark(blurKernel: 17)),
    Case(file: "heatmap_64x48", result: "udp11", codec: .heatmapUDP(blurKernel: 11)),
    Case(file: "heatmap_64x48", result: "udp17", codec: .heatmapUDP(blurKernel: 17)),
    Case(
      file: "udp_combined_64x48", result: "combined11",
      codec: .heatmapUDPCombined(blurKernel: 11, radiusFactor: 0.0546875)),
    Case(
      file: "udp_combined_64x48", result: "combined17",
      codec: .heatmapUDPCombined(blurKernel: 17, radiusFactor: 0.0546875)),
    Case(
      file: "simcc_192x256", result: "simcc", codec: .simcc(splitRatio: 2, darkSigma: nil),
      inputs: ["simcc_x", "simcc_y"]),
    Case(
      file: "simcc_192x256", result: "simcc_dark", codec: .simcc(splitRatio: 2, darkSigma: [4.9, 5.66]),
      inputs: ["simcc_x", "simcc_y"]),
  ]

  @Test(arguments: cases)
  func `A codec finds the keypoints that mmpose finds`(_ example: Case) throws {
    let url = Bundle.module.url(forResource: "Fixtures/\(example.file)", withExtension: "safetensors")
    try compare(example, TensorFile(#require(url)))
  }

  @Test(arguments: ["msra", "dark11", "dark17", "udp11", "udp17"])
  func `A codec finds the same keypoints on the larger maps of 384 × 288 inputs`(_ result: String) throws {
    let url = try SharedFiles.file("reference/decode/heatmap_96x72.safetensors")
    var example = try #require(Self.cases.first { $0.result == result })
    (example.width, example.height) = (288, 384)
    try compare(example, TensorFile(url))
  }

  private func compare(_ example: Case, _ file: TensorFile) throws {
    let outputs = try example.inputs.map { try PredictionMaps(file[$0]) }
    let decoder = example.codec.decoder(
      inputWidth: example.width, inputHeight: example.height, skeleton: .coco17)
    let decoded = decoder.decode(decoder.prepare(outputs))
    let expected = try file["\(example.result)_keypoints"].values
    let scores = try file["\(example.result)_scores"].values
    let sensitivity = file.tensors["\(example.result)_sensitivity"]?.values
    #expect(decoded.count == scores.count)
    for (joint, keypoint) in decoded.enumerated() {
      guard scores[joint] > 0 else {
        #expect(keypoint == nil, "nothing was predicted for joint \(joint)")
        continue
      }
      let found = try #require(keypoint, "joint \(joint)")
      #expect(abs(found.score - scores[joint]) <= 1e-4 * max(1, scores[joint]), "score of joint \(joint)")
      if let sensitivity, sensitivity[joint] > 0.005 || sensitivity[joint].isNaN { continue }
      let (x, y) = (Double(expected[2 * joint]), Double(expected[2 * joint + 1]))
      #expect(abs(found.point.x - x) < 0.01 && abs(found.point.y - y) < 0.01, "joint \(joint): \(found) for \(x), \(y)")
    }
  }

  static let codecs: [KeypointCodec] = cases.map(\.codec) + [.heatmapSoftmax()]

  @Test(arguments: codecs, [Float.nan, .infinity, -.infinity])
  func `Numbers that are not finite give absent keypoints, not traps`(_ codec: KeypointCodec, _ value: Float) {
    let decoder = codec.decoder(inputWidth: 192, inputHeight: 256, skeleton: .coco17)
    let outputs = decoder.outputs.map { layout in
      let height = layout.shape == .maps ? 64 : 1
      let channels = 2 * layout.channelsPerJoint
      return PredictionMaps(
        channels: channels, height: height, width: 48, values: .init(repeating: value, count: channels * height * 48))
    }
    #expect(decoder.decode(decoder.prepare(outputs)) == [nil, nil])
  }

  private static let nose = 0
  private static let leftHip = 11

  /// A keypoint on maps of 12 × 16 cells whose logits are -30 but in the joint's cells given.
  private func softmax(joint: Int, _ logits: [(x: Int, y: Int, logit: Float)]) throws -> DecodedKeypoint {
    var values = [Float](repeating: -30, count: 17 * 12 * 16)
    for cell in logits { values[(joint * 16 + cell.y) * 12 + cell.x] = cell.logit }
    let maps = PredictionMaps(channels: 17, height: 16, width: 12, values: values)
    let decoder = KeypointCodec.heatmapSoftmax().decoder(inputWidth: 48, inputHeight: 64, skeleton: .coco17)
    return try #require(decoder.decode(decoder.prepare([maps]))[joint])
  }

  @Test func `The softmax codec gives the place of the highest expected OKS, and that OKS`() throws {
    let keypoint = try softmax(joint: Self.nose, [(7, 5, 4), (8, 5, 4)])
    #expect(abs(keypoint.point.x - 7.5 * 4) < 1e-4)
    #expect(abs(keypoint.point.y - 5 * 4) < 1e-4)
    let probability = exp(4.0) / (2 * exp(4.0) + 1)
    let deviation = 2 * 0.026 * 0.39 * 16
    let expected = probability * (1 + exp(-0.5 / (deviation * deviation)))
    #expect(abs(Double(keypoint.score) - expected) < 1e-5)
  }

  @Test func `The softmax codec prefers many fair cells side by side to a better one alone`() throws {
    let keypoint = try softmax(
      joint: Self.leftHip, [(2, 12, 2.1), (7, 4, 1.9), (7, 5, 2), (7, 6, 1.9), (6, 5, 1.9), (8, 5, 1.9)])
    #expect(abs(keypoint.point.x - 7 * 4) < 0.1)
    #expect(abs(keypoint.point.y - 5 * 4) < 0.1)
  }
}

extension PredictionMaps {
  init(_ tensor: TensorFile.Tensor) {
    self.init(
      channels: tensor.shape[0], height: tensor.shape.count == 3 ? tensor.shape[1] : 1,
      width: tensor.shape[tensor.shape.count - 1], values: tensor.values)
  }
}
