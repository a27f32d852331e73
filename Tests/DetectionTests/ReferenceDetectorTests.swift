internal import Architectures
internal import Foundation
internal import Imaging
internal import Inference
internal import ModelFiles
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

/// mmdetection's raw outputs and detections for shrunken networks with random weights.
@Suite struct `Detectors of the reference fixtures` {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var description: DetectorDescription
    /// How the fixtures call the outputs.
    var outputs: [String]
    var testDescription: String { name }
  }

  static let photos = [("coco_000000000785", 640, 425), ("coco_000000197388", 640, 392)]

  private static func square(
    _ size: Int, _ format: String, _ network: some DetectorFamily, classes: Int, score: Double, suppression: Double,
    limit: Int, pixels: PixelFormat
  ) -> DetectorDescription {
    DetectorDescription(
      inputWidth: size, inputHeight: size, pixels: pixels, fit: .letterbox(.init(position: .topLeft)), format: format,
      classCount: classes, scoreThreshold: score, suppressionThreshold: suppression, boxLimit: limit,
      architecture: DetectorArchitecture(network))
  }

  private static func rtmDet(_ name: String, _ network: RTMDet, _ size: Int, classes: Int = 1) -> Case {
    let isOfPeople = classes == 1
    return Case(
      name: name,
      description: square(
        size, "rtmdet", network, classes: classes, score: isOfPeople ? 0.05 : 0.001,
        suppression: isOfPeople ? 0.6 : 0.65, limit: isOfPeople ? 100 : 300,
        pixels: PixelFormat(channelOrder: .bgr, mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395])),
      outputs: ["cls", "bbox"])
  }

  private static func yolox(_ name: String, _ size: Int, classes: Int, isDepthwise: Bool = false) -> Case {
    var network = YOLOX(width: 0.0625, depth: 0.33, usesDepthwise: isDepthwise)
    network.headChannels = isDepthwise ? 16 : 12
    return Case(
      name: name,
      description: square(
        size, "yolox", network, classes: classes, score: 0.01, suppression: 0.65, limit: 100_000,
        pixels: PixelFormat(channelOrder: .bgr, mean: [0, 0, 0], std: [1, 1, 1])),
      outputs: ["cls", "bbox", "obj"])
  }

  static let cases = [
    rtmDet(
      "rtmdet_nano_320",
      RTMDet(width: 0.0625, depth: 0.33, headChannels: 16, neckBlocks: 1, logDistances: false, usesDepthwise: true), 320
    ),
    rtmDet(
      "rtmdet_tiny_320", RTMDet(width: 0.0625, depth: 0.167, headChannels: 12, neckBlocks: 1, logDistances: false), 320,
      classes: 20),
    rtmDet("rtmdet_m_640", RTMDet(width: 0.0625, depth: 0.67, headChannels: 12, neckBlocks: 2), 640),
    yolox("yolox_nano_320", 320, classes: 20, isDepthwise: true), yolox("yolox_tiny_416", 416, classes: 1),
    yolox("yolox_s_640", 640, classes: 1), yolov3,
  ]

  static let yolov3 = {
    var network = YOLOv3.published
    network.channels = [4, 8, 12, 16, 20, 24]
    (network.neckChannels, network.headChannels) = ([12, 12, 8], [20, 16, 12])
    return Case(
      name: "yolov3_d53_224",
      description: DetectorDescription(
        inputWidth: 224, inputHeight: 224,
        pixels: PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [255, 255, 255]),
        fit: .letterbox(.init(position: .topLeft, value: 0, longestSide: 224, multiple: 32)), format: "yolov3",
        strides: [32, 16, 8], classCount: 80, scoreThreshold: 0, suppressionThreshold: 0.45, candidateLimit: 1000,
        boxLimit: 100, architecture: DetectorArchitecture(network)),
      outputs: ["pred"])
  }()

  @Test(arguments: cases, 0..<photos.count)
  func `A detector built from its checkpoint gives mmdetection's outputs and boxes`(_ example: Case, _ photo: Int)
    throws
  {
    let folder = try SharedFiles.file("reference/detectors/\(example.name)/case.json").deletingLastPathComponent()
    let graph = try example.description.blueprint(name: example.name).graph(
      loading: Checkpoint(contentsOf: folder.appending(path: "checkpoint.pth"))
    ).optimised()
    let detector = try NeuralDetector(
      network: Network(graph, backend: ReferenceBackend(), options: CompileOptions(threads: 2)),
      description: example.description)
    let (name, width, height) = Self.photos[photo]
    let fit = FrameFit(.rgb(Image(width: width, height: height)), example.description)
    let picture = try SharedFiles.file("reference/detectors/inputs/\(name)_\(fit.width)x\(fit.height).png")
    let outputs = try detector.network.run([try detector.input(of: .rgb(Image(png: picture))).tensor])

    let expected = try SafetensorsFile(contentsOf: folder.appending(path: "output_\(photo).safetensors")).tensors
    let names = example.outputs.flatMap { output in (0..<3).map { "\(output)_\($0)" } }
    #expect(graph.outputs.map { graph.values[$0].name } == names)
    var compared = 0
    for (value, output) in zip(graph.outputs, outputs) {
      guard let stored = expected[graph.values[value].name] else { continue }
      #expect(BackendConformance.difference(output, try stored.read()) < 1e-4, "\(graph.values[value].name)")
      compared += 1
    }
    #expect(compared >= (photo == 0 ? names.count : 1))

    try compare(
      detector.detections(in: outputs, fit),
      with: TestSupport.TensorFile(folder.appending(path: "output_\(photo).safetensors")))
  }

  @Test func `Darknet's own files give the outputs of its formula`() throws {
    let configuration = try SharedFiles.file("reference/detectors/yolov3_d53_224/yolov3.cfg")
    let model = try ModelLoader().detector(configuration.path) { _ in throw CocoaError(.featureUnsupported) }
    #expect(model.description.architecture == Self.yolov3.description.architecture)
    #expect((model.description.inputWidth, model.description.inputHeight) == (224, 160))
    #expect(model.description.anchors?[1] == [30, 61, 62, 45, 59, 119])
    var graph = model.graph
    graph.inputs[0].shape = [nil, 3, nil, nil]
    let network = Network(graph, backend: ReferenceBackend(), options: CompileOptions(threads: 2))
    let detector = try NeuralDetector(network: network, description: Self.yolov3.description)
    let picture = try SharedFiles.file("reference/detectors/inputs/coco_000000000785_224x149.png")
    let input = try detector.input(of: .rgb(Image(png: picture))).tensor
    let folder = configuration.deletingLastPathComponent()
    let exact = try SafetensorsFile(contentsOf: folder.appending(path: "darknet_bn_0.safetensors")).tensors
    let similar = try SafetensorsFile(contentsOf: folder.appending(path: "output_0.safetensors")).tensors
    let outputs = try network.run([input])
    let first = try #require(exact["pred_0"]).read()
    #expect(BackendConformance.difference(outputs[0], first) < 1e-4)
    for (index, output) in outputs.enumerated() {
      #expect(BackendConformance.difference(output, try #require(similar["pred_\(index)"]).read()) < 1e-3)
    }
  }

  /// The pictures as the other runtime resizes them, which rounds sizes down.
  @Test(arguments: [(0, "coco_000000000785_416x276"), (1, "coco_000000197388_416x254")])
  func `An export that suppresses by itself gives the boxes it gives elsewhere`(_ photo: Int, _ name: String) throws {
    let model = try SharedFiles.file("reference/detectors/yolox_tiny_416/end2end.onnx")
    let description = DetectorDescription(
      inputWidth: 416, inputHeight: 416, pixels: PixelFormat(channelOrder: .bgr, mean: [0, 0, 0], std: [1, 1, 1]),
      fit: .letterbox(.init(position: .topLeft)), format: "end_to_end", scoreThreshold: 0.3)
    let detector = try NeuralDetector(
      network: Network(
        try ONNXModel(contentsOf: model).graph.optimised(), backend: ReferenceBackend(),
        options: CompileOptions(threads: 2)), description: description)
    let picture = try Image(png: SharedFiles.file("reference/detectors/inputs/\(name).png"))
    let input = try detector.input(of: .rgb(picture))
    let found = try detector.people(in: detector.network.run([input.tensor]), input.fit)
    let file = try TestSupport.TensorFile(
      model.deletingLastPathComponent().appending(path: "end2end_\(photo).safetensors"))
    let rows = try file["dets"].values
    let expected = stride(from: 0, to: rows.count, by: 5).filter { rows[$0 + 4] > 0.3 }
    #expect(found.count == expected.count && found.count > 3)
    for (box, row) in zip(found, expected) {
      #expect(abs(box.score - Double(rows[row + 4])) < 1e-3)
      let corners = [box.box.x, box.box.y, box.box.maxX, box.box.maxY]
      #expect((0..<4).allSatisfy { abs(corners[$0] - Double(rows[row + $0])) < 0.5 })
    }
  }

  static let regional = [("faster_rcnn_r50", 1), ("cascade_rcnn_x101", 3)]

  @Test(arguments: regional, 0..<photos.count)
  func `A detector in two stages gives mmdetection's outputs and boxes`(_ example: (String, Int), _ photo: Int) throws {
    let (name, stages) = example
    var network = RegionCNN(depth: stages == 1 ? 50 : 101, groups: stages == 1 ? 1 : 4, stages: stages)
    (network.baseChannels, network.stemChannels, network.groupWidth) = (stages == 1 ? 4 : 2, 8, 2)
    (network.pyramidChannels, network.hiddenChannels) = stages == 1 ? (12, 40) : (10, 24)
    let description = DetectorDescription(
      inputWidth: 333, inputHeight: 200, pixels: .imageNet,
      fit: .letterbox(.init(position: .topLeft, value: nil, longestSide: 333, shortestSide: 200, multiple: 32)),
      format: "rcnn", classCount: 80, scoreThreshold: 0.05, suppressionThreshold: 0.5, boxLimit: 100,
      architecture: DetectorArchitecture(network))
    let folder = try SharedFiles.file("reference/detectors/\(name)/case.json").deletingLastPathComponent()
    let graph = try description.blueprint(name: name).graph(
      loading: Checkpoint(contentsOf: folder.appending(path: "checkpoint.pth"))
    ).optimised()
    func compiled(_ graph: Graph) -> Network {
      Network(graph, backend: ReferenceBackend(), options: CompileOptions(threads: 2))
    }
    let detector = try RegionDetector(graph: graph, description: description, network: compiled)
    let (photoName, width, height) = Self.photos[photo]
    let fit = FrameFit(.rgb(Image(width: width, height: height)), description)
    let file = try SharedFiles.file("reference/detectors/inputs/\(photoName)_\(fit.width)x\(fit.height).png")
    let picture = Picture.rgb(try Image(png: file))
    let output = folder.appending(path: "output_\(photo).safetensors")
    let expected = try SafetensorsFile(contentsOf: output).tensors
    let maps = try detector.maps(of: picture)
    var compared = 0
    for (name, tensor) in maps {
      guard let stored = expected[name] else { continue }
      #expect(BackendConformance.difference(tensor, try stored.read()) < 1e-4, "\(name)")
      compared += 1
    }
    #expect(compared >= 9)
    // The picture has the size of the input, so boxes are brought to the photo's here.
    let own = FrameFit(picture, description)
    let found = try detector.detections(in: picture, placing: { fit.frameBox($0) })
    #expect((own.width, own.height) == (fit.width, fit.height))
    try compare(found, with: TestSupport.TensorFile(output))
  }

  /// Boxes within half a pixel, scores within a thousandth.
  private func compare(_ found: [Candidate], with file: TestSupport.TensorFile) throws {
    let (boxes, scores) = try (file["det_boxes"].values, file["det_scores"].values)
    let (labels, stable) = try (file["det_labels"].values, file["det_stable"].values)
    #expect(scores.count > 10 && abs(found.count - scores.count) <= scores.count / 20)
    for index in scores.indices where stable[index] == 1 {
      let corners = boxes[4 * index..<4 * index + 4].map(Double.init)
      let isThere = found.contains { candidate in
        let own = [candidate.box.x, candidate.box.y, candidate.box.maxX, candidate.box.maxY]
        return candidate.label == Int(labels[index]) && abs(candidate.score - Double(scores[index])) < 1e-3
          && zip(own, corners).allSatisfy { abs($0 - $1) < 0.5 }
      }
      #expect(isThere, "\(index): \(corners), class \(labels[index]), score \(scores[index])")
    }
  }
}
