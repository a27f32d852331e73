#if OneDNN

internal import Foundation
internal import Inference
internal import ModelFiles
internal import OneDNNBackend
internal import TestSupport
import Testing

/// Networks of every family with the outputs that mmpose computed for them.
@Suite struct `Published networks on oneDNN` {
  @Test(arguments: [
    "cspnext_m_udp_128x96", "hrnet_w32_256x192", "rtmpose_m_256x192", "sb_res50_256x192", "sb_resnetv1d50_128x96",
    "vitpose_small_128x96",
  ])
  func `give mmpose's outputs`(_ name: String) throws {
    let folder = "reference/networks/\(name)"
    guard let model = SharedFiles.file("\(folder)/model.onnx"),
      let results = SharedFiles.file("\(folder)/output.safetensors")
    else { return }
    let graph = try ONNXModel(contentsOf: model).graph.optimised()
    let size = graph.inputs[0].shape.dropFirst(2).compactMap { $0 }
    guard let picture = SharedFiles.file("reference/inputs/\(size[0])x\(size[1]).safetensors") else { return }
    let input = try Self.mirroredPair(of: picture)
    let network = Network(graph, backend: OneDNNBackend(), options: .init(threads: 2))
    let expected = try SafetensorsFile(contentsOf: results).tensors
    for (output, tensor) in zip(graph.outputs, try network.run([input])) {
      let reference = try #require(try expected[graph.values[output].name]?.read())
      #expect(BackendConformance.difference(tensor, reference) < 1e-4)
    }
  }

  /// The picture, normalised as the fixtures say, and its mirror image.
  private static func mirroredPair(of url: URL) throws -> Tensor {
    let picture = try #require(try SafetensorsFile(contentsOf: url).tensors["image"]?.read())
    let pixels = picture.integers
    let (height, width) = (picture.shape[0], picture.shape[1])
    let (mean, deviation): ([Float], [Float]) = ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375])
    return Tensor(shape: [2, 3, height, width]) { result in
      for channel in 0..<3 {
        for y in 0..<height {
          for x in 0..<width {
            let value = (Float(pixels[(y * width + x) * 3 + channel]) - mean[channel]) / deviation[channel]
            result[(channel * height + y) * width + x] = value
            result[((3 + channel) * height + y) * width + width - 1 - x] = value
          }
        }
      }
    }
  }
}

#endif
