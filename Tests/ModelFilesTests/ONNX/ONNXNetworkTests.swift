internal import Foundation
internal import Inference
internal import ModelFiles
internal import TestSupport
import Testing

@Suite("Networks from ONNX files")
struct ONNXNetworkTests {
  @Test(
    "imported networks give mmpose's outputs",
    arguments: [
      "cspnext_m_udp_128x96", "sb_resnetv1d50_128x96", "vitpose_small_128x96", "rtmpose_m_256x192", "sb_res50_256x192",
      "hrnet_w32_256x192",
    ])
  func outputs(name: String) throws {
    let size = name.split(separator: "_").last.map(String.init) ?? ""
    guard let model = SharedFiles.file("reference/networks/\(name)/model.onnx"),
      let image = SharedFiles.file("reference/inputs/\(size).safetensors"),
      let output = SharedFiles.file("reference/networks/\(name)/output.safetensors")
    else { return }
    let network = Network(
      try ONNXModel(contentsOf: model).graph, backend: ReferenceBackend(), options: .init(threads: 2))
    let pixels = try #require(try SafetensorsFile(contentsOf: image).tensors["image"]?.read())
    let results = try network.run([normalized(pixels)])
    let expected = try SafetensorsFile(contentsOf: output).tensors
    for (value, result) in zip(network.graph.outputs, results) {
      let reference = try #require(try expected[network.graph.values[value].name]?.read())
      #expect(result.shape == reference.shape)
      let largest = reference.floats.map(abs).max() ?? 0
      let difference = zip(result.floats, reference.floats).map { abs($0 - $1) }.max() ?? .infinity
      #expect(
        difference <= 1e-4 * largest, "\(network.graph.values[value].name) differs by \(difference) of \(largest)")
    }
  }

  /// The image and its mirror image, as the README of the fixtures says.
  private func normalized(_ image: Tensor) -> Tensor {
    let (height, width) = (image.shape[0], image.shape[1])
    let mean: [Float] = [123.675, 116.28, 103.53]
    let deviation: [Float] = [58.395, 57.12, 57.375]
    let pixels = image.integers
    return Tensor(shape: [2, 3, height, width]) { (target: UnsafeMutableBufferPointer<Float>) in
      for channel in 0..<3 {
        for y in 0..<height {
          for x in 0..<width {
            let value = (Float(pixels[(y * width + x) * 3 + channel]) - mean[channel]) / deviation[channel]
            target[(channel * height + y) * width + x] = value
            target[((3 + channel) * height + y) * width + width - 1 - x] = value
          }
        }
      }
    }
  }
}
