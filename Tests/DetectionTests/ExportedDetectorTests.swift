internal import Foundation
internal import Imaging
internal import Inference
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

/// Detectors as their projects export them: boxes from outputs that were worked out by hand.
@Suite struct `Exported detectors` {
  private func description(
    _ format: String, size: Int = 64, strides: [Int] = [32], classCount: Int = 2, personClass: Int = 1,
    anchors: [[Double]]? = nil
  ) -> DetectorDescription {
    DetectorDescription(
      inputWidth: size, inputHeight: size, pixels: .bytes, fit: .stretch, format: format, strides: strides,
      classCount: classCount, personClass: personClass, scoreThreshold: 0.25, suppressionThreshold: 0.5,
      anchors: anchors)
  }

  private func candidates(_ outputs: [Tensor], _ description: DetectorDescription) throws -> [Candidate] {
    try DetectorFormats.format(of: description, name: "x.onnx").candidates(
      outputs, description, width: description.inputWidth, height: description.inputHeight)
  }

  /// 1 × `length` × `cells` with one column set.
  private func columns(_ length: Int, _ cells: Int, at cell: Int, _ values: [Float]) -> Tensor {
    var all = [Float](repeating: 0, count: length * cells)
    for (channel, value) in values.enumerated() { all[channel * cells + cell] = value }
    return Tensor(shape: [1, length, cells], all)
  }

  /// 1 × `cells` × `values.count` with one row set.
  private func rows(_ cells: Int, at cell: Int, _ values: [Float], others: Float = 0) -> Tensor {
    var all = [Float](repeating: others, count: values.count * cells)
    all.replaceSubrange(cell * values.count..<(cell + 1) * values.count, with: values)
    return Tensor(shape: [1, cells, values.count], all)
  }

  @Test func `Ultralytics' columns are centre, size and a score a class, the best of which counts`() throws {
    let person = columns(6, 21, at: 3, [20, 30, 10, 20, 0.3, 0.9])
    let found = try candidates([person], description("ultralytics"))
    #expect(found.map(\.box) == [Box(x: 15, y: 20, width: 10, height: 20)])
    #expect(found.map { Float($0.score) } == [0.9])
    let other = columns(6, 21, at: 3, [20, 30, 10, 20, 0.9, 0.8])
    #expect(try candidates([other], description("ultralytics")).isEmpty)
  }

  @Test func `Rows of corners, score and class are taken as they are, without another suppression`() throws {
    let twice: [Float] = [10, 10, 30, 50, 0.9, 1, 11, 10, 30, 50, 0.8, 1, 5, 5, 9, 9, 0.7, 0, 0, 0, 0, 0, 0, 0]
    var description = description("end_to_end")
    let found = try people([Tensor(shape: [1, 4, 6], twice)], description)
    #expect(found.map { Float($0.score) } == [0.9, 0.8])
    #expect(found.first?.box == Box(x: 10, y: 10, width: 20, height: 40))
    description.classCount = 1
    description.personClass = 0
    let dets = Tensor(shape: [1, 3, 5], [10, 10, 30, 50, 0.8, 11, 10, 30, 50, 0.9, 0, 0, 0, 0, 0] as [Float])
    let labels = Tensor(shape: [1, 3], [0, 0, -1] as [Int64])
    #expect(try people([dets, labels], description).map { Float($0.score) } == [0.9, 0.8])
  }

  @Test func `No rows are no people`() throws {
    let none = Tensor(shape: [1, 0, 5], [Float]())
    let labels = Tensor(shape: [1, 0], [Int64]())
    #expect(try people([none, labels], description("end_to_end")).isEmpty)
    #expect(try people([Tensor(shape: [1, 0, 6], [Float]())], description("end_to_end")).isEmpty)
  }

  /// Logits whose softmax is at `distances`, in strides, all but exactly.
  private func logits(_ distances: [Int]) -> [Float] {
    distances.flatMap { distance in (0...7).map { $0 == distance ? 40 : 0 } }
  }

  @Test(arguments: [("nanodet", 0.5), ("nanodet_plus", 0.0)])
  func `NanoDet's cells lie where its version puts them, and maps are rounded up`(_ format: String, _ offset: Double)
    throws
  {
    // 40 pixels are 5 and 2 cells, where 3 would be rounding down of the stride of 16.
    let description = description(format, size: 40, strides: [8, 16])
    let output = rows(25 + 9, at: 25 + 4, [0.1, 0.9] + logits([0, 1, 1, 0]))
    let found = try candidates([output], description)
    let (x, y) = ((1 + offset) * 16, (1 + offset) * 16)
    #expect(found.count == 1)
    #expect(found.allSatisfy { near($0.box, Box(minX: x, minY: y - 16, maxX: x + 16, maxY: y)) }, "\(found)")
  }

  @Test func `A distance is the mean of its distribution`() throws {
    let half: [Float] = (0...7).map { $0 == 1 || $0 == 2 ? 40 : 0 }
    let output = rows(4, at: 0, [0, 0.9] + half + half + half + half)
    let found = try candidates([output], description("nanodet"))
    #expect(found.allSatisfy { near($0.box, Box(minX: -32, minY: -32, maxX: 64, maxY: 64)) }, "\(found)")
  }

  @Test func `PicoDet's levels come apart, scores and distances in any order`() throws {
    let description = description("picodet", strides: [16, 32])
    let scores = [rows(16, at: 5, [0, 0.9]), rows(4, at: 0, [0, 0])]
    let sides = [rows(16, at: 5, logits([1, 1, 1, 1])), rows(4, at: 0, logits([0, 0, 0, 0]))]
    for outputs in [scores + sides, [scores[0], sides[0], scores[1], sides[1]]] {
      let found = try candidates(outputs, description)
      #expect(found.map { near($0.box, Box(x: 8, y: 8, width: 32, height: 32)) } == [true], "\(found)")
    }
  }

  @Test func `Yolo-FastestV2's anchors grow with the square`() throws {
    let description = description("yolo_fastest_v2", anchors: [[10, 20, 30, 40]])
    // Two anchors of four numbers, two objectnesses, two classes.
    let person: [Float] = [0.5, 0.5, 0, 0, 0.25, 0.75, 0.5, 1, 0.1, 0.9, 0.2, 0.8]
    var all = [Float](repeating: 0, count: 4 * 12)
    all.replaceSubrange(24..<36, with: person)
    let found = try candidates([Tensor(shape: [1, 2, 2, 12], all)], description)
    #expect(found.map { near($0.box, Box(centerX: 0, centerY: 64, width: 30, height: 160)) } == [true], "\(found)")
    #expect(found.allSatisfy { abs($0.score - 0.72) < 1e-6 })
  }

  private func near(_ first: Box, _ second: Box) -> Bool {
    [first.x - second.x, first.y - second.y, first.width - second.width, first.height - second.height]
      .allSatisfy { abs($0) < 1e-3 }
  }

  // MARK: - Edges

  private func detector(_ description: DetectorDescription) throws -> NeuralDetector {
    var builder = GraphBuilder()
    let input = builder.input("input", shape: [nil, 3, description.inputHeight, description.inputWidth])
    builder.output(builder.node(.identity, [input])[0], name: "output")
    let network = Network(builder.graph, backend: ReferenceBackend(), options: CompileOptions(threads: 1))
    return try NeuralDetector(network: network, description: description)
  }

  private func people(_ outputs: [Tensor], _ description: DetectorDescription, frame: Int? = nil) throws -> [ScoredBox]
  {
    let size = frame ?? description.inputWidth
    return try detector(description).people(
      in: outputs, FrameFit(.rgb(Image(width: size, height: size)), description))
  }

  private static let formats: [(String, [Int])] = [
    ("yolox", [1, 4, 7]), ("rtmdet", [1, 2, 2, 6]), ("fastestdet", [1, 7, 2, 2]), ("end_to_end", [1, 4, 6]),
    ("ultralytics", [1, 6, 4]), ("nanodet", [1, 4, 34]), ("nanodet_plus", [1, 4, 34]), ("picodet", [1, 4, 34]),
    ("yolo_fastest_v2", [1, 2, 2, 7]), ("yolov3", [1, 7, 2, 2]),
  ]

  @Test(arguments: formats)
  func `A picture without people has no boxes`(_ format: String, _ shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let quiet = Tensor(shape: shape, [Float](repeating: ["rtmdet", "yolov3"].contains(format) ? -9 : 0, count: count))
    #expect(try people([quiet], description(format, anchors: [[9, 9]])).isEmpty)
  }

  @Test(arguments: formats)
  func `One score that is no number is an error that names the output`(_ format: String, _ shape: [Int]) throws {
    var values = [Float](repeating: 0, count: shape.reduce(1, *))
    values[values.count / 2] = .nan
    let error = #expect(throws: DetectionError.self) { try people([Tensor(shape: shape, values)], description(format)) }
    #expect(error?.description.contains("\"output\" holds values that are no numbers") == true)
  }

  @Test func `Boxes are clipped to the frame, and those outside or thinner than two pixels are dropped`() throws {
    let rows: [Float] = [
      -20, -20, 30, 30, 0.9, 1, 100, 0, 120, 20, 0.8, 1, 10, 10, 11, 40, 0.7, 1, 10, 10, 11, 11, 0.6, 1,
      40, 40, 42, 42, 0.5, 1,
    ]
    let found = try people([Tensor(shape: [1, 5, 6], rows)], description("end_to_end")).compactMap {
      $0.clipped(width: 64, height: 64, smallestSide: 2)
    }
    #expect(found.map(\.box) == [Box(x: 0, y: 0, width: 30, height: 30), Box(x: 40, y: 40, width: 2, height: 2)])
  }

  @Test func `A frame smaller than the network is enlarged and its boxes shrink again`() throws {
    let found = try people([columns(6, 21, at: 0, [32, 32, 32, 64, 0, 0.9])], description("ultralytics"), frame: 16)
    #expect(found.map(\.box) == [Box(x: 4, y: 0, width: 8, height: 16)])
    let one = try people([columns(6, 21, at: 0, [32, 32, 32, 64, 0, 0.9])], description("ultralytics"), frame: 1)
    #expect(one.count == 1)
  }

  @Test func `A thousand people are a thousand boxes`() throws {
    var values = [Float](repeating: 0, count: 6 * 1000)
    for person in 0..<1000 {
      let box = [Float(person % 40 * 16 + 8), Float(person / 40 * 20 + 10), 12, 18, 0, 0.5 + Float(person) / 4000]
      for (channel, value) in box.enumerated() { values[channel * 1000 + person] = value }
    }
    let found = try people([Tensor(shape: [1, 6, 1000], values)], description("ultralytics", size: 640))
    #expect(found.count == 1000)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test func `Limits count the boxes of all classes`() throws {
    var description = description("ultralytics")
    let values: [[Float]] = [
      [10, 30, 50], [10, 30, 50], [10, 10, 10], [10, 10, 10], [0.9, 0.1, 0.1], [0.1, 0.8, 0.7],
    ]
    let output = Tensor(shape: [1, 6, 3], Array(values.joined()))
    #expect(try people([output], description).count == 2)
    description.boxLimit = 2
    #expect(try people([output], description).map { Float($0.score) } == [0.8])
    (description.boxLimit, description.candidateLimit) = (nil, 1)
    #expect(try people([output], description).isEmpty)
  }
}
