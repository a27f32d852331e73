internal import Foundation
internal import Imaging
internal import Inference
internal import ModelFiles
internal import Models
internal import Pose
internal import TestSupport
import Testing
internal import Video

@testable internal import Detection

/// Trained third-party networks on a photo of a skier.
@Suite struct `Detectors made by others` {
  @Test(arguments: [
    "yolox-nano-coco-416.onnx", "yolox-nano-person-192.onnx", "rtmdet-nano-person-320.onnx",
    "fastestdet-coco-352.onnx",
  ])
  func `A published detector finds the person where the annotators saw it`(_ name: String) throws {
    let model = try SharedFiles.file("models/\(name)")
    let photo = try SharedFiles.file("media/coco/000000000785.jpg")
    guard case .detector(let description) = try documented(name) else {
      Issue.record("\(name) is not documented as a detector")
      return
    }
    let network = Network(
      try ONNXModel(contentsOf: model).graph.optimised(), backend: ReferenceBackend(),
      options: CompileOptions(threads: 2))
    let frame = try #require(try VideoReader(source: photo).next())
    let found = try NeuralDetector(network: network, description: description)
      .boxes(in: FrameView(index: 0, picture: frame.picture))
    let person = Box(x: 280.79, y: 44.73, width: 218.7, height: 346.68)
    #expect(found.first.map { $0.box.iou(person) > 0.75 } == true, "\(found)")
  }

  @Test(arguments: ["yolox-nano-person-192.onnx", "rtmdet-nano-person-320.onnx", "fastestdet-coco-352.onnx"])
  func `Its shapes alone tell what its description says`(_ name: String) throws {
    let graph = try ONNXModel(contentsOf: SharedFiles.file("models/\(name)")).graph
    #expect(try .detector(.inferred(from: UndescribedNetwork(name: name, graph: graph))) == documented(name))
  }

  /// The example in the documentation of descriptions that names the file.
  private func documented(_ name: String) throws -> ModelDescription {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Models/Description/README.md")
    let parts = try String(contentsOf: readme, encoding: .utf8).components(separatedBy: "```")
    let index = try #require(parts.firstIndex { $0.contains(name) })
    return try ModelDescription.parse(Data(parts[index + 1].dropFirst("json".count).utf8), name: name)
  }
}
