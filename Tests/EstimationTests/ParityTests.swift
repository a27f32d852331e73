internal import Foundation
internal import Imaging
internal import Inference
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Estimation

/// mmpose's results for whole networks with random weights.
@Suite struct `Parity with mmpose` {
  private struct NetworkCase: Decodable { var codec: ReferenceCodec }

  @Test(arguments: [
    "cspnext_m_udp_128x96", "hrnet_w32_256x192", "hrnet_w32_dark_256x192", "hrnet_w32_udp_256x192",
    "hrnet_w32_udp_regress_128x96", "hrnet_w48_128x96", "litehrnet18_128x96", "mobilenetv2_128x96",
    "rtmpose_m_256x192", "sb_res50_256x192", "sb_res50_crowdpose_128x96", "sb_res50_mpii_256x256",
    "sb_res50_wholebody_128x96", "vipnas_res50_128x96", "vitpose_small_128x96",
  ])
  func `Outputs of every family decode to mmpose's keypoints`(_ name: String) throws {
    let folder = try SharedFiles.file("reference/networks/\(name)")
    let (file, tensors) = (folder.appending(path: "case.json"), folder.appending(path: "output.safetensors"))
    let description = try ReferenceNetwork(name).pose
    let example = try JSONDecoder.mmpose.decode(NetworkCase.self, from: Data(contentsOf: file))
    let keypointDecoder = try #require(example.codec.codec).decoder(
      inputWidth: description.inputWidth, inputHeight: description.inputHeight,
      skeleton: try #require(Skeleton.named(description.keypointSet)))
    let output = try TestSupport.TensorFile(tensors)
    let names = output.tensors["output"] == nil ? ["simcc_x", "simcc_y"] : ["output"]
    let (keypoints, scores) = try (output["keypoints"].values, output["scores"].values)
    let sensitivity = try output["keypoints_sensitivity"].values
    for item in 0..<2 {
      let maps = try names.map { try PredictionMaps(output[$0], item: item) }
      for (joint, found) in keypointDecoder.decode(keypointDecoder.prepare(maps)).enumerated() {
        let index = item * scores.count / 2 + joint
        guard let found else {
          #expect(scores[index] <= 0)
          continue
        }
        #expect(abs(found.score - scores[index]) < 1e-4)
        guard sensitivity[index] < 0.005 else { continue }
        #expect(abs(found.point.x - Double(keypoints[2 * index])) < 0.01, "\(name) \(joint)")
        #expect(abs(found.point.y - Double(keypoints[2 * index + 1])) < 0.01, "\(name) \(joint)")
      }
    }
  }

  private static let photos = ["coco_000000000785", "coco_000000040083", "aic_054d9ce9", "ochuman_003896"]

  @Test(
    arguments: [
      "sb_res50_256x192", "hrnet_w32_dark_256x192", "hrnet_w32_udp_256x192", "hrnet_w32_udp_regress_128x96",
      "rtmpose_m_256x192",
    ], photos)
  func `A photo gives mmpose's keypoints end to end, with and without flip test`(
    _ name: String, _ photo: String
  ) throws {
    let photos = try ReferencePhoto.all(of: name).filter { $0.image.hasSuffix("/\(photo).jpg") }
    let image = try Image(png: SharedFiles.decodedPhoto(photo))
    let reference = try ReferenceNetwork(name)
    let network = Network(
      try reference.graph(), backend: ReferenceBackend(), options: CompileOptions(threads: 2))
    #expect(photos.count == 2)
    var distances: [Double] = []
    for photo in photos {
      let description = PoseDescription(
        inputWidth: reference.pose.inputWidth, inputHeight: reference.pose.inputHeight,
        padding: photo.padding, keypointSet: "coco17", codec: try #require(photo.codec.codec),
        usesUDPCrop: photo.useUdp, shiftsFlippedOutput: photo.shiftHeatmap)
      let estimator = try TopDownEstimator(
        network: network, description: description, skeleton: .coco17, options: .init(flipTest: photo.flipTest))
      let boxes = photo.results.map {
        ScoredBox(
          Box(x: $0.bboxXywh[0], y: $0.bboxXywh[1], width: $0.bboxXywh[2], height: $0.bboxXywh[3]), score: 1)
      }
      for (pose, expected) in zip(try estimator.estimate(.rgb(image), boxes: boxes), photo.results) {
        for (joint, keypoint) in pose.keypoints.enumerated() where expected.scores[joint] > 0 {
          let found = try #require(keypoint)
          #expect(abs(found.score - expected.scores[joint]) < 0.02, "score of \(joint) in \(photo.image)")
          guard expected.isSteady(joint) else { continue }
          let point = expected.keypoints[joint]
          distances.append(hypot(found.point.x - point[0], found.point.y - point[1]))
        }
      }
    }
    #expect(distances.count > 10)
    #expect(distances.max() ?? 0 < 0.5)
    #expect(distances.reduce(0, +) / Double(distances.count) < 0.1)
  }
}

extension PredictionMaps {
  /// One item of a batch.
  init(_ tensor: TestSupport.TensorFile.Tensor, item: Int) throws {
    let shape = tensor.shape
    let size = shape.dropFirst().reduce(1, *)
    self.init(
      channels: shape[1], height: shape.count == 4 ? shape[2] : 1, width: shape[shape.count - 1],
      values: Array(tensor.values[item * size..<(item + 1) * size]))
  }
}
