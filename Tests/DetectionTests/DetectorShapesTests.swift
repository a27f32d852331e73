internal import Foundation
internal import Inference
internal import Models
internal import TestSupport
import Testing

@testable internal import Detection

@Suite struct `What the shapes of a detector tell` {
  /// A network with outputs of these shapes that computes nothing.
  private func network(
    _ width: Int, _ height: Int, _ outputs: [[Int]], metadata: [String: String] = [:], isFree: Bool = false
  ) -> UndescribedNetwork {
    var builder = GraphBuilder()
    let input = builder.input("images", shape: isFree ? [nil, 3, nil, nil] : [1, 3, height, width])
    let zero = builder.node(.reduce(.mean, keepsDimensions: false), [input, Graph.Node.absent])[0]
    for (index, shape) in outputs.enumerated() {
      let sizes = builder.constant(Tensor(shape: [shape.count], shape.map(Int64.init)))
      builder.output(builder.node(.expand, [zero, sizes])[0], name: "output\(index)")
    }
    return UndescribedNetwork(name: "folder/person.onnx", graph: builder.graph, metadata: metadata)
  }

  private static let cocoNames = "{0: 'person', 1: 'bicycle'}"

  @Test(arguments: [
    ("ultralytics", 640, [[1, 84, 8400]]), ("ultralytics", 320, [[1, 5, 2100]]), ("end_to_end", 640, [[1, 300, 6]]),
    ("yolox", 416, [[1, 3549, 85]]), ("yolox", 640, [[1, 8400, 6]]),
    (
      "yolox", 64,
      [8, 4, 2].map { [1, 80, $0, $0] } + [8, 4, 2].map { [1, 4, $0, $0] } + [8, 4, 2].map { [1, 1, $0, $0] }
    ),
    ("rtmdet", 320, [40, 20, 10].map { [1, 1, $0, $0] } + [40, 20, 10].map { [1, 4, $0, $0] }),
    ("rtmdet", 320, [40, 20, 10].map { [1, $0, $0, 5] }),
    ("nanodet", 320, [[1, 2100, 112]]), ("nanodet_plus", 416, [[1, 3598, 112]]),
    ("nanodet_plus", 320, [[1, 2125, 112]]),
    ("picodet", 416, [2704, 676, 169, 49].map { [1, $0, 80] } + [2704, 676, 169, 49].map { [1, $0, 32] }),
    ("yolo_fastest_v2", 352, [[1, 22, 22, 95], [1, 11, 11, 95]]), ("fastestdet", 352, [[1, 85, 22, 22]]),
  ])
  func `The outputs of every published export tell its format`(_ format: String, _ size: Int, _ outputs: [[Int]]) throws
  {
    let description = try DetectorDescription.inferred(from: network(size, size, outputs))
    #expect(description.format == format)
    #expect(description.personClass == 0)
    #expect((description.inputWidth, description.inputHeight) == (size, size))
    #expect(description.summary.hasPrefix("format \(format), \(size)×\(size), "))
  }

  @Test func `Ultralytics' pictures are RGB in 0…1, centred in grey, and keep their thresholds`() throws {
    let description = try DetectorDescription.inferred(from: network(640, 384, [[1, 84, 5040]]))
    #expect(description.pixels == PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [1, 1, 1], scale: 1 / 255))
    #expect(description.fit == .letterbox(.init(position: .center, value: 114)))
    #expect((description.scoreThreshold, description.suppressionThreshold) == (0.25, 0.7))
  }

  @Test func `Names in the file say which class is a person, and the size where it is free`() throws {
    let named = network(
      0, 0, [[1, 6, 5040]], metadata: ["names": "{0: 'dog', 1: \"Person\"}", "imgsz": "[384, 640]", "task": "detect"],
      isFree: true)
    let description = try DetectorDescription.inferred(from: named)
    #expect((description.classCount, description.personClass) == (2, 1))
    #expect((description.inputWidth, description.inputHeight) == (640, 384))
  }

  @Test(arguments: [
    ("{0: 'dog', 1: 'Pedestrian'}", 1), ("{0: 'people', 1: 'person'}", 1), ("{0: 'human', 1: 'cat'}", 0),
  ])
  func `People go by several names, of which person comes first`(_ names: String, _ place: Int) throws {
    let description = try DetectorDescription.inferred(
      from: network(640, 640, [[1, 6, 8400]], metadata: ["names": names]))
    #expect(description.personClass == place)
  }

  @Test(arguments: [
    ([[1, 6, 8400]], ["names": "{0: 'dog', 1: 'cat'}"], "dog, cat, and none is called person"),
    ([[1, 300, 6]], ["names": "{0: 'face'}"], "face, and none is called person"),
    ([[1, 56, 8400]], ["task": "pose"], "made to estimate poses"),
    ([[1, 24, 8400]], [:], "can't be told"), ([[1, 17, 160, 160]], [:], "can't be told"),
    ([[1, 100, 5], [1, 100]], [:], "the format \"end_to_end\", which leave open how pictures enter"),
  ])
  func `A network of other classes, or of another use, is refused with a description to write`(
    _ outputs: [[Int]], _ metadata: [String: String], _ reason: String
  ) throws {
    let error = #expect(throws: ModelError.self) {
      try DetectorDescription.inferred(from: network(640, 640, outputs, metadata: metadata))
    }
    let message = try #require(error).message
    #expect(message.hasPrefix("folder/person.onnx: "))
    #expect(message.contains(reason), "\(message)")
    #expect(message.contains("Write person.json beside it"))
    #expect(message.contains("\"format\": \"yolox\""))
  }

  @Test func `A network of any size that does not state one is refused`() {
    #expect(throws: ModelError.self) {
      try DetectorDescription.inferred(from: network(0, 0, [[1, 84, 8400]], isFree: true))
    }
  }
}
