internal import Foundation
internal import Inference
internal import ModelFiles
internal import Models
internal import TestSupport
import Testing

@testable internal import Architectures

/// mmpose's outputs for shrunken networks of every family with random weights.
@Suite struct `Networks of the reference fixtures` {
  static let names = [
    "sb_res50_256x192", "sb_res50_384x288", "sb_res101_256x192", "sb_res152_256x192", "sb_res50_mpii_256x256",
    "sb_res50_mpii_trb_0x_256x256", "sb_res50_crowdpose_128x96", "sb_res50_wholebody_128x96", "sb_resnetv1d50_128x96",
    "hrnet_w32_256x192", "hrnet_w48_128x96", "hrnet_w32_udp_regress_128x96",
    "litehrnet18_128x96", "vipnas_res50_128x96", "cspnext_m_udp_128x96", "mobilenetv2_128x96", "rtmpose_m_256x192",
    "vitpose_small_128x96", "ae_hrnet_w32_0x_256x256", "ae_hrnet_w32_1x_128x96", "higherhrnet_w32_0x_256x256",
  ]

  @Test(arguments: names, Engine.allCases)
  func `A network built from its checkpoint gives mmpose's output on every backend`(
    _ name: String, _ engine: Engine
  ) throws {
    let reference = try ReferenceNetwork(name)
    let expected = try SafetensorsFile(contentsOf: #require(reference.file("output")))
    try expect(try reference.graph(), on: engine, toMake: expected, of: [try reference.input()])
  }

  @Test(arguments: ["vipnas_mobilenet", "upsampling_head", "simcc", "hourglass", "dekr"], Engine.allCases)
  func `A network of unusual width, named by a description, gives mmpose's output on every backend`(
    _ name: String, _ engine: Engine
  ) throws {
    let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
    let file = folder.appending(path: "\(name).json")
    let description = try ModelDescription.load(file)
    guard case .checkpoint(let checkpoint, let architecture) = try NetworkSource(describedIn: file) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    let graph = try architecture.blueprint(for: description, name: name).graph(
      loading: Checkpoint(contentsOf: checkpoint))
    let expected = try SafetensorsFile(contentsOf: folder.appending(path: "\(name).safetensors"))
    let inputs = try graph.inputs.map { try #require(expected.tensors[graph.values[$0.value].name]).read() }
    try expect(try graph.optimised(), on: engine, toMake: expected, of: inputs)
  }

  private func expect(_ graph: Graph, on engine: Engine, toMake file: SafetensorsFile, of inputs: [Tensor]) throws {
    let network = Network(graph, backend: try engine.backend, options: CompileOptions(threads: 2))
    for (output, result) in zip(graph.outputs, try network.run(inputs)) {
      let expected = try #require(file.tensors[graph.values[output].name]).read()
      #expect(result.shape == expected.shape)
      #expect(BackendConformance.difference(result, expected) < 1e-4)
    }
  }

  @Test(arguments: ["sb_res50_256x192", "sb_res50_mpii_256x256", "sb_res50_mpii_trb_0x_256x256"])
  func `Every format of a checkpoint gives the same network`(_ name: String) throws {
    let reference = try ReferenceNetwork(name)
    let blueprint = try reference.architecture.blueprint(for: reference.description, name: name)
    func weights(_ key: String) throws -> [[Float]]? {
      try reference.file(key).map { file in
        try blueprint.graph(loading: Checkpoint(contentsOf: file)).values.compactMap(\.constant?.floats)
      }
    }
    let expected = try #require(try weights("checkpoint"))
    #expect(try weights("checkpoint_legacy") == expected)
    if let safetensors = try weights("safetensors") { #expect(safetensors == expected) }
  }

  @Test func `A checkpoint of another network is refused with everything that differs`() throws {
    let reference = try ReferenceNetwork("sb_res50_256x192")
    var other = reference.architecture
    other.backbone = ResNet(depth: 101)
    let checkpoint = try Checkpoint(contentsOf: #require(reference.file("checkpoint")))
    let error = #expect(throws: ModelFileError.self) {
      try other.blueprint(for: reference.description, name: "ResNet-101").requireMatch(checkpoint)
    }
    let message = try #require(error).message
    #expect(message.contains("255 missing (backbone.layer3.10.bn1.bias, "))
    #expect(message.contains("backbone.conv1.weight is [8, 3, 7, 7] instead of [64, 3, 7, 7]"))
  }
}
