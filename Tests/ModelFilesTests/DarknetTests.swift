internal import Foundation
internal import Inference
import Testing

@testable internal import ModelFiles

@Suite struct `Darknet's files` {
  @Test func `A configuration is sections of keys and values`() throws {
    let text = "# A comment\n[net]\nwidth = 416\n\n[yolo]\r\nmask=0, 2\nanchors=10,13, 16,30\n; another\n"
    let configuration = try DarknetConfiguration(text, name: "a.cfg")
    #expect(configuration.sections.map(\.name) == ["net", "yolo"])
    #expect(configuration.sections[0].integer("width") == 416)
    #expect(configuration.sections[1].list("mask") == [0, 2])
    #expect(configuration.sections[1].list("anchors") == [10, 13, 16, 30])
    #expect(configuration.sections[1].list("classes") == nil)
  }

  @Test(arguments: ["width=1\n[net]", "[net]\nwidth", "\u{0}\u{1}"])
  func `What is no configuration is refused with the line`(_ text: String) {
    let error = #expect(throws: ModelFileError.self) { try DarknetConfiguration(text, name: "a.cfg") }
    #expect(error?.message.contains("a.cfg: line") == true)
  }

  private let shapes = [
    "a.bn.bias": [2], "a.bn.weight": [2], "a.bn.running_mean": [2], "a.bn.running_var": [2],
    "a.conv.weight": [2, 1, 1, 1],
    "b.bias": [1], "b.weight": [1, 2, 1, 1],
  ]

  private func file(_ numbers: [Float], minor: Int32 = 2) -> ByteSource {
    var bytes: [UInt8] = []
    func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
    add(Int32(0))
    add(minor)
    add(Int32(0))
    if minor >= 2 { add(Int64(7)) } else { add(Int32(7)) }
    for number in numbers { add(number.bitPattern) }
    return ByteSource(bytes, name: "a.weights")
  }

  @Test(arguments: [1, 2] as [Int32])
  func `Weights come in the order of the convolutions`(_ minor: Int32) throws {
    let tensors = try DarknetWeights(file((1...13).map(Float.init), minor: minor)).tensors(
      of: ["a", "b"], shapes: shapes, epsilon: 1e-5)
    #expect(tensors["a.bn.bias"]?.floats == [1, 2])
    #expect(tensors["a.bn.weight"]?.floats == [3, 4])
    #expect(tensors["a.conv.weight"]?.floats == [9, 10])
    #expect(tensors["b.bias"]?.floats == [11])
    #expect(tensors["b.weight"]?.floats == [12, 13])
    let variances = try #require(tensors["a.bn.running_var"]).floats
    #expect(abs((variances[0] + 1e-5).squareRoot() - (Float(7).squareRoot() + 1e-6)) < 1e-6)
  }

  @Test(arguments: [12, 14])
  func `Weights of another number are refused`(_ count: Int) {
    let error = #expect(throws: ModelFileError.self) {
      try DarknetWeights(file([Float](repeating: 0, count: count))).tensors(
        of: ["a", "b"], shapes: shapes, epsilon: 1e-5)
    }
    #expect(error?.message.contains("the network needs 72") == true)
  }
}
