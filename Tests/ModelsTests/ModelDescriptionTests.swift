internal import Foundation
internal import Inference
internal import ModelFiles
internal import Models
internal import TestSupport
import Testing

@Suite struct `Model descriptions` {
  private static let pose = """
    {"kind": "pose", "input_size": [192, 256], "mean": [1, 2, 3], "std": [4, 5, 6], "channel_order": "bgr",
     "padding": 1.1, "keypoint_set": "coco17", "codec": {"type": "heatmap_dark", "blur_kernel": 17}, "udp_crop": true,
     "flip_test": {"shift": false}, "notes": "made by hand"}
    """

  private func parse(_ text: String) throws -> ModelDescription {
    try ModelDescription.parse(Data(text.utf8), name: "person.json")
  }

  @Test func `A pose description gives every value`() throws {
    var expected = PoseDescription(
      inputWidth: 192, inputHeight: 256,
      pixels: PixelFormat(channelOrder: .bgr, mean: [1, 2, 3], std: [4, 5, 6]), padding: 1.1, keypointSet: "coco17",
      codec: .heatmapDark(blurKernel: 17), usesUDPCrop: true, shiftsFlippedOutput: false)
    #expect(try parse(Self.pose) == .pose(expected))
    expected.pixels = .imageNet
    expected.padding = 1.25
    expected.codec = .heatmap
    (expected.usesUDPCrop, expected.shiftsFlippedOutput) = (false, true)
    let short = #"{"kind": "pose", "input_size": [192, 256], "keypoint_set": "coco17", "codec": {"type": "heatmap"}}"#
    #expect(try parse(short) == .pose(expected))
  }

  static let codecs: [KeypointCodec] = [
    .heatmap, .heatmapDark(blurKernel: 17), .heatmapUDP(blurKernel: 11),
    .heatmapUDPCombined(blurKernel: 11, radiusFactor: 0.05), .simcc(splitRatio: 2, darkSigma: nil),
    .simcc(splitRatio: 2, darkSigma: [4.9, 5.66]), .heatmapSoftmax(temperature: 0.8, nullLogit: 1),
  ]

  @Test(arguments: codecs)
  func `A written pose description reads back the same`(_ codec: KeypointCodec) throws {
    let description = ModelDescription.pose(
      PoseDescription(inputWidth: 144, inputHeight: 192, keypointSet: "mpii16", codec: codec))
    #expect(try ModelDescription.parse(description.json(), name: "x.json") == description)
  }

  private static let bottomUp = """
    {"kind": "bottom_up", "input_size": [512, 512], "keypoint_set": "crowdpose14",
     "codec": {"type": "heatmap_parser", "use_udp": true, "scale_factor": [2, 1], "max_num_people": 20, "nms_kernel": 3}}
    """

  @Test func `A bottom-up description states what differs from the published parameters`() throws {
    var settings = HeatmapParserSettings(usesUDP: true)
    (settings.scaleFactors, settings.maximumPeople, settings.suppressionKernel) = ([2, 1], 20, 3)
    #expect(!settings.projectsToImage && settings.alignsCorners && settings.detectionThreshold == 0.1)
    let expected = ModelDescription.bottomUp(
      BottomUpDescription(
        inputWidth: 512, inputHeight: 512, keypointSet: "crowdpose14", codec: .heatmapParser(settings)))
    #expect(try parse(Self.bottomUp) == expected)
    #expect(try ModelDescription.parse(expected.json(), name: "x.json") == expected)
    var other = AssociativeEmbeddingSettings()
    (other.keypointOrder, other.maximumInstances, other.resizeMode) = ([1, 0, 2], 30, .expand)
    let newer = ModelDescription.bottomUp(
      BottomUpDescription(
        inputWidth: 512, inputHeight: 512, keypointSet: "coco17", codec: .associativeEmbedding(other)))
    #expect(try ModelDescription.parse(newer.json(), name: "x.json") == newer)
  }

  @Test(arguments: [
    ("heatmap_parser", "heatmap", "codec.type"), ("[2, 1]", "[2, 0.5]", "codec.scale_factor"),
    ("[2, 1]", "[]", "codec.scale_factor"), ("20", "0", "codec.max_num_people"), (": 3}", ": 4}", "codec.nms_kernel"),
    ("nms_kernel", "nms", "codec.nms"), ("\"use_udp\": true", "\"tag_threshold\": 0", "codec.tag_threshold"),
    ("\"use_udp\": true", "\"detection_threshold\": -1", "codec.detection_threshold"),
    ("\"use_udp\"", "\"decode_topk\"", "codec.decode_topk"), ("\"codec\"", "\"padding\": 1, \"codec\"", "padding"),
  ])
  func `A wrong value of a bottom-up description is refused with its key`(
    _ old: String, _ new: String, _ key: String
  ) throws {
    let text = Self.bottomUp.replacingOccurrences(of: old, with: new)
    let error = #expect(throws: ModelError.self) { try parse(text) }
    #expect(try #require(error).description.contains("\"\(key)\""), "\(error?.description ?? "")")
  }

  @Test(arguments: [
    DetectorDescription.Fit.stretch, .letterbox(.init(position: .center, value: 0)),
    .letterbox(.init(position: .topLeft, longestSide: 384, multiple: 32)),
  ])
  func `A written detector description reads back the same`(_ fit: DetectorDescription.Fit) throws {
    let description = ModelDescription.detector(
      DetectorDescription(
        inputWidth: 320, inputHeight: 256, pixels: .bytes, fit: fit, format: "end_to_end", strides: [16],
        classCount: 80,
        personClass: 3, scoreThreshold: 0.25, suppressionThreshold: 0.5))
    #expect(try ModelDescription.parse(description.json(), name: "x.json") == description)
  }

  @Test(arguments: [
    ("\"pose\"", "\"poes\"", "kind"),
    ("[192, 256]", "[192]", "input_size"),
    ("[192, 256]", "[192, 99999999999]", "input_size"),
    ("[192, 256]", "\"big\"", "input_size"),
    ("[4, 5, 6]", "[4, 0, 6]", "std"),
    ("[1, 2, 3]", "[1, 2]", "mean"),
    ("1.1", "-1", "padding"),
    ("\"bgr\"", "\"brg\"", "channel_order"),
    ("heatmap_dark", "heatmap_light", "codec.type"),
    ("17}", "16}", "codec.blur_kernel"),
    ("\"blur_kernel\"", "\"blur\"", "codec.blur"),
    ("\"padding\"", "\"pading\"", "pading"),
    ("\"keypoint_set\"", "\"notes\"", "keypoint_set"),
    ("\"kind\"", "kind", "JSON"),
  ])
  func `A wrong value is refused with file and key`(_ old: String, _ new: String, _ key: String) throws {
    let text = Self.pose.replacingOccurrences(of: old, with: new)
    let error = #expect(throws: ModelError.self) { try parse(text) }
    let message = try #require(error).description
    #expect(message.hasPrefix("person.json: "))
    #expect(message.contains(key == "JSON" ? key : "\"\(key)\""), "\(message)")
  }

  @Test func `The examples in the documentation are descriptions`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Models/Description/README.md")
    let examples = try String(contentsOf: readme, encoding: .utf8).components(separatedBy: "```json").dropFirst()
    #expect(examples.count == 6)
    for example in examples {
      _ = try parse(example.components(separatedBy: "```")[0])
    }
  }

  @Test func `A heatmap network without a description is understood`() throws {
    let graph = network(outputs: [[17, 64, 48]])
    let expected = PoseDescription(inputWidth: 192, inputHeight: 256, keypointSet: "coco17", codec: .heatmap)
    #expect(try ModelDescription.inferred(from: .init(name: "a.onnx", graph: graph)) == .pose(expected))
  }

  @Test(arguments: [[14, 64, 48], [17, 128, 96], [85, 22, 22]])
  func `A network that could mean anything asks for a description and shows one`(_ output: [Int]) throws {
    let error = #expect(throws: ModelError.self) {
      try ModelDescription.inferred(from: .init(name: "models/a.onnx", graph: network(outputs: [output])))
    }
    #expect(error?.description.contains("Write a.json beside it") == true)
  }

  @Test func `A one-stage pose network is told by its channels and cells`() throws {
    var builder = GraphBuilder()
    let input = builder.input("images", shape: [1, 3, 320, 640])
    let zero = builder.node(.reduce(.mean, keepsDimensions: false), [input, Graph.Node.absent])[0]
    let sizes = builder.constant(Tensor(shape: [3], [1, 56, 4200] as [Int64]))
    builder.output(builder.node(.expand, [zero, sizes])[0], name: "output0")
    let expected = OneStagePoseDescription(inputWidth: 640, inputHeight: 320, keypointSet: "coco17")
    let description = try ModelDescription.inferred(from: .init(name: "a.onnx", graph: builder.graph))
    #expect(description == .oneStagePose(expected))
    #expect(try ModelDescription.parse(description.json(), name: "written.json") == description)
    let short = #"{"kind": "one_stage_pose", "input_size": [640, 320], "keypoint_set": "coco17"}"#
    #expect(try parse(short) == description)
  }

  @Test func `The published SimplePose network is understood`() throws {
    let file = try SharedFiles.file("models/simplepose-coco17-256x192.onnx")
    let graph = try ONNXModel(contentsOf: file).graph
    let expected = PoseDescription(inputWidth: 192, inputHeight: 256, keypointSet: "coco17", codec: .heatmap)
    #expect(try ModelDescription.inferred(from: .init(name: file.path, graph: graph)) == .pose(expected))
  }

  /// One 3 × 256 × 192 picture in; outputs that are slices of nothing in particular.
  private func network(outputs: [[Int]]) -> Graph {
    var builder = GraphBuilder()
    let input = builder.input("input", shape: [nil, 3, 256, 192])
    for (index, shape) in outputs.enumerated() {
      let size = builder.constant(Tensor(shape: [4], [1, Int64(shape[0]), Int64(shape[1]), Int64(shape[2])]))
      let one = builder.node(.globalAveragePool, [input])[0]
      let zero = builder.constant(Tensor(shape: [1], [0 as Int64]))
      let first = builder.constant(Tensor(shape: [1], [1 as Int64]))
      let axis = builder.constant(Tensor(shape: [1], [1 as Int64]))
      let channel = builder.node(.slice, [one, zero, first, axis])[0]
      builder.output(builder.node(.expand, [channel, size])[0], name: "output\(index)")
    }
    return builder.graph
  }
}
