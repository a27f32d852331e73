internal import Architectures
internal import Foundation
internal import Models
internal import TestSupport
import Testing

@Suite struct `Architectures in descriptions` {
  @Test func `A written architecture states every size and reads back the same`() throws {
    for architecture in Set(Zoo.models.map(\.architecture)) {
      let written = try JSONEncoder().encode(architecture)
      #expect(try JSONDecoder().decode(Architecture.self, from: written) == architecture)
    }
    var network = ResNet(depth: 50)
    network.avgDown = true
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(
      decoding: try encoder.encode(Architecture(network, HeatmapHead(deconvChannels: []))), as: UTF8.self)
    #expect(
      text == #"{"backbone":{"avg_down":true,"base_channels":64,"deep_stem":false,"depth":50,"#
        + #""group_width":4,"groups":1,"stem_channels":64,"type":"resnet"},"head":{"deconv_channels":[],"deconv_groups":1,"deconv_kernel":4,"extra_maps":0,"#
        + #""final_kernel":1,"type":"heatmap","upsampling":1}}"#)
  }

  @Test func `What is not stated is as published`() throws {
    let short = Data(#"{"backbone": {"type": "hrnet", "stage_modules": [1, 1, 1, 1]}}"#.utf8)
    var network = HRNet(width: 32)
    network.stageModules = [1, 1, 1, 1]
    #expect(try JSONDecoder().decode(Architecture.self, from: short) == Architecture(network))
  }

  @Test(arguments: [
    (#""resnet""#, "object"),
    (#"{"backbones": {}}"#, #""backbones" is not known in an architecture; known are backbone, head"#),
    (#"{"backbone": {"type": "resnext"}}"#, #""backbone.type" must be one of resnet, hrnet, "#),
    (#"{"backbone": {"depth": 50}}"#, #""backbone.type" must be one of"#),
    (#"{"backbone": {"type": "resnet"}, "head": {"type": "x"}}"#, "heatmap, simcc, simcc_linear"),
    (#"{"backbone": {"type": "resnet", "deph": 50}}"#, #""backbone.deph" is not known here; known are"#),
    (#"{"backbone": {"type": "resnet", "depth": "50"}}"#, #""backbone.depth" has a value of the wrong type"#),
    (#"{"backbone": {"type": "resnet", "depth": 50.5}}"#, #""backbone.depth" must be a whole number"#),
    (#"{"backbone": {"type": "hrnet", "stage_blocks": [[4.5]]}}"#, #""backbone.stage_blocks" must be a whole number"#),
    (#"{"backbone": {"type": "resnet", "base_channels": 1e9}}"#, #""backbone.base_channels" must lie between"#),
    (#"{"backbone": {"type": "cspnext", "blocks": [\#(String(repeating: "1,", count: 64))1]}}"#, "more than 64"),
  ])
  func `A wrong value is refused with its key`(_ text: String, _ message: String) {
    let error = #expect(throws: ArchitectureError.self) {
      try JSONDecoder().decode(Architecture.self, from: Data(text.utf8))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func `The error names the description and its key`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "pose.json")
    for (text, message) in [
      (
        #"{"architecture": {"backbone": {"type": "x"}}, "checkpoint": "a.pth"}"#,
        #"pose.json: the key "architecture": "backbone.type""#
      ),
      (
        #"{"architecture": "resnet50", "checkpoint": "a.pth"}"#,
        #"the key "architecture": "resnet50" is not a published model"#
      ),
      (#"{"model": "a.onnx", "architecture": "res50_coco_256x192"}"#, "leave one of them out"),
      (#"{"model": 5}"#, #"the key "model" has a value of the wrong type"#),
      (#"{"model": ""}"#, #"the key "model" must be the path of a file"#),
      (#"{"architecture": "res50_coco_256x192"}"#, "does not say where the network is"),
    ] {
      try Data(text.utf8).write(to: file)
      let error = #expect(throws: ModelError.self) { try NetworkSource(describedIn: file) }
      #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
    try Data(#"{"architecture": "res50_coco_256x192", "checkpoint": "a.pth"}"#.utf8).write(to: file)
    let architecture = try #require(Zoo.model(named: "res50_coco_256x192")).architecture
    #expect(
      try NetworkSource(describedIn: file) == .checkpoint(folder.url.appending(path: "a.pth").absoluteURL, architecture)
    )
  }

  @Test func `The documentation of descriptions names every family`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Models/Description/README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    for type in Architecture.backbones.map({ $0.type }) + Architecture.heads.map({ $0.type }) {
      #expect(text.contains("`\(type)`"), "\(type)")
    }
  }
}
