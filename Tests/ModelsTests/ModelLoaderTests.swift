internal import Foundation
internal import Inference
internal import ModelFiles
internal import TestSupport
import Testing

@testable internal import Architectures
@testable internal import Models

@Suite struct `Loading a model` {
  private let folder: TemporaryFolder
  private let loader: ModelLoader

  init() throws {
    folder = try TemporaryFolder()
    loader = ModelLoader(store: ModelStore(folder: folder.file("store")))
  }

  /// A narrow network's checkpoint with `change` made, and its description.
  private func describedCheckpoint(_ change: (inout [String: [Float]]) -> Void = { _ in }) throws -> URL {
    var network = ResNet(depth: 50)
    (network.baseChannels, network.stemChannels) = (2, 2)
    let architecture = Architecture(network, HeatmapHead(deconvChannels: [2, 2, 2]))
    let description = ModelDescription.pose(
      PoseDescription(inputWidth: 32, inputHeight: 32, keypointSet: "coco17", codec: .heatmap))
    let shapes = try architecture.blueprint(for: description, name: "narrow").shapes
    var values = shapes.mapValues { [Float](repeating: 0.5, count: $0.reduce(1, *)) }
    change(&values)
    let tensors = Dictionary(uniqueKeysWithValues: values.map { ($0, Tensor(shape: shapes[$0] ?? [], $1)) })
    try SafetensorsFile.write(tensors, to: folder.file("narrow.safetensors"))
    let sizes = String(decoding: try JSONEncoder().encode(architecture), as: UTF8.self)
    let file = folder.file("narrow.json")
    try Data(
      """
      {"kind": "pose", "input_size": [32, 32], "keypoint_set": "coco17", "codec": {"type": "heatmap"},
       "architecture": \(sizes), "checkpoint": "narrow.safetensors"}
      """.utf8
    ).write(to: file)
    return file
  }

  @Test func `A described checkpoint comes with everything that decides its results`() throws {
    let model = try loader.pose(describedCheckpoint().path)
    guard case .pose(let description) = model.description else { throw CocoaError(.fileReadCorruptFile) }
    #expect(description.codec == .heatmap)
    #expect((model.architecture?.backbone as? ResNet)?.baseChannels == 2)
    #expect(model.sha256.count == 64)
    #expect(try loader.pose(nil).architecture == nil)
  }

  @Test(arguments: ["backbone.layer2.1.conv2.weight", "head.final_layer.bias"], [Float.nan, .infinity])
  func `Weights that are no numbers are refused by name`(_ name: String, _ value: Float) throws {
    let file = try describedCheckpoint { $0[name]?[1] = value }
    let error = #expect(throws: ModelError.self) { try loader.pose(file.path) }
    #expect(error?.code == .failed)
    #expect(error?.message.contains("\"\(name)\"") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("narrow.safetensors") == true)
  }

  @Test func `A variance below 0 is found where it makes weights that are no numbers`() throws {
    let file = try describedCheckpoint { $0["backbone.bn1.running_var"]?[0] = -1 }
    let error = #expect(throws: ModelError.self) { try loader.pose(file.path) }
    #expect(error?.message.contains("backbone") == true, "\(error?.message ?? "")")
  }

  @Test func `Infinities are refused in weights and allowed in masks`() throws {
    func network(_ operation: Inference.Operation, _ value: Float, _ shape: [Int]) -> Graph {
      var builder = GraphBuilder()
      let input = builder.input("input", shape: [4, 4])
      let constant = builder.constant(Tensor(shape: shape, [Float](repeating: value, count: 16)), name: "mask")
      builder.output(builder.node(operation, [input, constant])[0], name: "output")
      return builder.graph
    }
    #expect(throws: Never.self) { try network(.binary(.add), -.infinity, [4, 4]).requireNumbers(in: "a.onnx") }
    for graph in [network(.matrixMultiply, -.infinity, [4, 4]), network(.binary(.add), .nan, [4, 4])] {
      let error = #expect(throws: ModelError.self) { try graph.requireNumbers(in: "a.onnx") }
      #expect(error?.message.hasPrefix("a.onnx: the weights \"mask\"") == true, "\(error?.message ?? "")")
    }
  }

  @Test(arguments: ["pipe.onnx", "pipe.json", "pipe.pth"])
  func `A pipe is refused, not waited for`(_ name: String) throws {
    #expect(mkfifo(folder.file(name).path, 0o600) == 0)
    let error = #expect(throws: (any Error).self) { try loader.pose(folder.file(name).path) }
    #expect("\(error as Any)".contains(name == "pipe.pth" ? "does not say how it is used" : "not a regular file"))
  }

  @Test(arguments: ["folder", "folder.onnx", "folder.json", "res50_coco_256x192-ec54d7f3_20200709.pth"])
  func `A folder is called a folder`(_ name: String) throws {
    try FileManager.default.createDirectory(at: folder.file(name), withIntermediateDirectories: false)
    let error = #expect(throws: (any Error).self) { try loader.pose(folder.file(name).path) }
    #expect("\(error as Any)".contains("is a folder"), "\(error as Any)")
  }

  @Test func `A description of gigabytes is not read`() throws {
    let file = folder.file("large.json")
    #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
    #expect(truncate(file.path, 40 << 30) == 0)
    let error = #expect(throws: ModelError.self) { try loader.pose(file.path) }
    #expect(error?.message.contains("at most") == true)
  }

  @Test func `A checkpoint alone asks for a description`() throws {
    _ = try describedCheckpoint()
    let error = #expect(throws: ModelError.self) { try loader.pose(folder.file("narrow.safetensors").path) }
    #expect(error?.message.contains("\"architecture\" and \"checkpoint\"") == true)
  }

  @Test func `A detector comes from a checkpoint by its architecture, in mmdetection's names or the original ones`()
    throws
  {
    var network = YOLOX(width: 0.0625, depth: 0.33, usesDepthwise: true)
    network.headChannels = 4
    let description = DetectorDescription(
      inputWidth: 64, inputHeight: 64, pixels: .bytes, fit: .stretch, format: "yolox", classCount: 3,
      architecture: DetectorArchitecture(network))
    let tensors = try description.blueprint(name: "narrow").shapes.mapValues { shape in
      Tensor(shape: shape, [Float](repeating: 0.5, count: shape.reduce(1, *)))
    }
    let renaming = try #require(YOLOX.renamings.first)
    let original = Dictionary(uniqueKeysWithValues: tensors.map { (renaming.storedName($0), $1) })
    #expect(original["backbone.backbone.dark3.1.m.2.conv2.dconv.conv.weight"]?.shape == [8, 1, 3, 3])
    #expect(original["backbone.C3_n4.conv3.bn.running_var"]?.shape == [64])
    #expect(original["head.cls_preds.0.bias"]?.shape == [3])
    for (name, tensors) in [("mmdetection", tensors), ("original", original)] {
      try SafetensorsFile.write(tensors, to: folder.file("\(name).safetensors"))
      let architecture = String(decoding: try JSONEncoder().encode(description.architecture), as: UTF8.self)
      let file = folder.file("\(name).json")
      try Data(
        """
        {"kind": "detector", "input_size": [64, 64], "resize": "stretch", "format": "yolox", "class_count": 3,
         "architecture": \(architecture), "checkpoint": "\(name).safetensors"}
        """.utf8
      ).write(to: file)
      let model = try loader.detector(file.path) { _ in throw CocoaError(.featureUnsupported) }
      #expect(model.description.architecture == description.architecture)
      #expect(model.graph.outputs.count == 9)
    }
  }

  @Test func `An unknown family of detectors is refused with the known ones`() throws {
    let file = folder.file("unknown.json")
    try Data(
      """
      {"kind": "detector", "input_size": [64, 64], "resize": "stretch", "format": "yolox",
       "architecture": {"type": "yolo9"}, "checkpoint": "a.pth"}
      """.utf8
    ).write(to: file)
    let error = #expect(throws: ModelError.self) {
      try loader.detector(file.path) { _ in throw CocoaError(.featureUnsupported) }
    }
    #expect(
      error?.message.contains("\"architecture.type\" must be one of rtmdet, yolox, yolov3, rcnn") == true,
      "\(error as Any)")
  }
}
