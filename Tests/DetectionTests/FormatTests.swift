internal import Foundation
internal import Imaging
internal import Inference
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

/// mmdet's detections from its own raw outputs.
@Suite struct `Detector formats` {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var format: String
    var inputSize: Int
    var classCount = 1
    var scoreThreshold: Double
    var suppressionThreshold: Double
    var testDescription: String { name }
  }

  static let bundled = [
    Case(name: "rtmdet_nano_320", format: "rtmdet", inputSize: 320, scoreThreshold: 0.05, suppressionThreshold: 0.6),
    Case(
      name: "yolox_nano_320", format: "yolox", inputSize: 320, classCount: 20, scoreThreshold: 0.01,
      suppressionThreshold: 0.65),
  ]

  @Test(arguments: bundled)
  func `Raw outputs give mmdet's detections`(_ example: Case) throws {
    let url = Bundle.module.url(forResource: "Fixtures/\(example.name)", withExtension: "safetensors")
    try compare(example, TensorFile(#require(url)))
  }

  @Test(arguments: [
    Case(name: "rtmdet_m_640", format: "rtmdet", inputSize: 640, scoreThreshold: 0.05, suppressionThreshold: 0.6),
    Case(name: "yolox_tiny_416", format: "yolox", inputSize: 416, scoreThreshold: 0.01, suppressionThreshold: 0.65),
  ])
  func `Raw outputs of larger networks give mmdet's detections`(_ example: Case) throws {
    let url = try SharedFiles.file("reference/detectors/\(example.name)/output_0.safetensors")
    try compare(example, TensorFile(url))
  }

  private func compare(_ example: Case, _ file: TensorFile) throws {
    let description = DetectorDescription(
      inputWidth: example.inputSize, inputHeight: example.inputSize, pixels: .bytes,
      fit: .letterbox(.init(position: .topLeft)), format: example.format, classCount: example.classCount,
      scoreThreshold: example.scoreThreshold, suppressionThreshold: example.suppressionThreshold)
    let parts = example.format == "rtmdet" ? ["cls", "bbox"] : ["cls", "bbox", "obj"]
    let outputs = try parts.flatMap { part in
      try (0..<3).map { try file["\(part)_\($0)"] }.map { Tensor(shape: $0.shape, $0.values) }
    }
    let fit = FrameFit(.rgb(Image(width: 640, height: 425)), description)
    let found = try detector(description).people(in: outputs, fit)
    let (boxes, scores) = try (file["det_boxes"].values, file["det_scores"].values)
    let (labels, stable) = try (file["det_labels"].values, file["det_stable"].values)
    let expected = scores.indices.filter { labels[$0] == 0 && stable[$0] == 1 }
    #expect(expected.count > 3)
    #expect(found.count >= expected.count && found.count <= labels.count { $0 == 0 } + 2)
    for index in expected {
      let corners = boxes[4 * index..<4 * index + 4].map(Double.init)
      let box = Box(minX: corners[0], minY: corners[1], maxX: corners[2], maxY: corners[3])
      let match = found.min { abs($0.score - Double(scores[index])) < abs($1.score - Double(scores[index])) }
      let nearest = found.max { $0.box.iou(box) < $1.box.iou(box) }
      #expect(nearest.map { $0.box.iou(box) > 0.9999 } == true, "\(index): \(box) is not among the boxes")
      #expect(match.map { abs($0.score - Double(scores[index])) < 1e-4 } == true, "score \(scores[index])")
    }
  }

  private func detector(_ description: DetectorDescription) throws -> NeuralDetector {
    var builder = GraphBuilder()
    let input = builder.input("input", shape: [nil, 3, description.inputHeight, description.inputWidth])
    builder.output(builder.node(.identity, [input])[0], name: "output")
    let network = Network(builder.graph, backend: ReferenceBackend(), options: CompileOptions(threads: 1))
    return try NeuralDetector(network: network, description: description)
  }

  private func candidates(_ outputs: [Tensor], _ description: DetectorDescription) throws -> [Candidate] {
    try DetectorFormats.format(of: description, name: "x.onnx").candidates(
      outputs, description, width: description.inputWidth, height: description.inputHeight)
  }

  @Test func `FastestDet's cells give boxes in fractions of the picture`() throws {
    var values = [Float](repeating: 0, count: 7 * 4 * 4)
    let cell = 1 * 4 + 2
    for (channel, value) in [0.9, 0, 0, 0, 1, 0.2, 0.8].enumerated() { values[channel * 16 + cell] = Float(value) }
    var description = DetectorDescription(
      inputWidth: 64, inputHeight: 64, pixels: .bytes, fit: .stretch, format: "fastestdet", classCount: 2,
      personClass: 1, scoreThreshold: 0.5)
    let outputs = [Tensor(shape: [7, 4, 4], values)]
    let boxes = try candidates(outputs, description)
    #expect(boxes.count == 1)
    #expect(abs(boxes[0].score - pow(0.9, 0.6) * pow(0.8, 0.4)) < 1e-6)
    #expect(boxes[0].box.center == Point(x: 32, y: 16))
    #expect(abs(boxes[0].box.width - 32) < 1e-9)
    description.personClass = 0
    #expect(
      try candidates(outputs, description).isEmpty,
      "the cell shows another class")
  }

  @Test func `End-to-end exports keep the persons above the threshold`() throws {
    let description = DetectorDescription(
      inputWidth: 64, inputHeight: 64, pixels: .bytes, fit: .stretch, format: "end_to_end", classCount: 2)
    let boxes = Tensor(shape: [1, 3, 5], [1, 2, 11, 22, 0.9, 1, 2, 11, 22, 0.8, 5, 5, 9, 9, 0.1] as [Float])
    let found = try candidates([boxes, Tensor(shape: [1, 3], [0, 1, 0] as [Int64])], description)
      .filter { $0.label == 0 }
    #expect(found.map(\.box) == [Box(x: 1, y: 2, width: 10, height: 20)])
  }

  @Test(arguments: DetectorFormats.all.map(\.name), [Float.nan, .infinity, -.infinity])
  func `Infinite numbers give no boxes, NaN an error`(
    _ format: String, _ value: Float
  ) throws {
    let description = DetectorDescription(
      inputWidth: 64, inputHeight: 64, pixels: .bytes, fit: .stretch, format: format, strides: [16],
      anchors: [[10, 20]])
    let shapes = [
      "yolox": [1, 16, 6], "rtmdet": [1, 4, 4, 5], "fastestdet": [1, 6, 4, 4], "end_to_end": [1, 3, 5],
      "ultralytics": [1, 5, 16], "nanodet": [1, 16, 33], "nanodet_plus": [1, 16, 33], "yolo_fastest_v2": [1, 4, 4, 6],
      "picodet": [1, 16, 33], "yolov3": [1, 6, 4, 4],
    ]
    let shape = try #require(shapes[format])
    let output = Tensor(shape: shape, .init(repeating: value, count: shape.reduce(1, *)))
    let fit = FrameFit(.rgb(Image(width: 640, height: 425)), description)
    guard value.isNaN else {
      #expect(try detector(description).people(in: [output], fit).isEmpty)
      return
    }
    let error = #expect(throws: DetectionError.self) { try detector(description).people(in: [output], fit) }
    #expect(error?.code == .failed)
    #expect(error?.description.contains("its output \"output\" holds values that are no numbers") == true)
  }

  @Test(arguments: DetectorFormats.all.map(\.name))
  func `Outputs of another shape are refused with both shapes`(_ format: String) throws {
    let description = DetectorDescription(
      inputWidth: 64, inputHeight: 64, pixels: .bytes, fit: .stretch, format: format)
    let error = #expect(throws: DetectionError.self) {
      try candidates([Tensor(shape: [1, 2, 3], [Float](repeating: 0, count: 6))], description)
    }
    #expect(error?.description.contains("1×2×3") == true)
    #expect(error?.description.contains(format) == true)
  }

  @Test func `An unknown format is answered with the known ones`() {
    let description = DetectorDescription(
      inputWidth: 64, inputHeight: 64, pixels: .bytes, fit: .stretch, format: "yolo9")
    let error = #expect(throws: DetectionError.self) { try detector(description) }
    let known = DetectorFormats.names.joined(separator: ", ")
    #expect(error?.description.hasSuffix("\"yolo9\" of its description is not known; known are \(known)") == true)
  }

  @Test func `The documentation of descriptions names every format`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Models/Description/README.md")
    let row = try #require(
      String(contentsOf: readme, encoding: .utf8).split(separator: "\n").first { $0.hasPrefix("| `format` |") })
    #expect(row == "| `format` | \(DetectorFormats.names.map { "`\($0)`" }.joined(separator: ", ")) | |")
  }
}
