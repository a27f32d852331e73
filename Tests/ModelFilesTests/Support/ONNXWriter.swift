internal import ModelFiles

/// Writes ONNX files field by field, also ones that no exporter would write.
struct ONNXWriter {
  var opset: Int? = 17
  var nodes: [[UInt8]] = []
  var weights: [[UInt8]] = []
  var inputs: [[UInt8]] = [ONNXWriter.value("x", [1, 2, 4, 4])]
  var outputs: [[UInt8]] = [ONNXWriter.value("y", [])]

  var bytes: [UInt8] {
    let graph =
      nodes.flatMap { Self.field(1, $0) } + weights.flatMap { Self.field(5, $0) }
      + inputs.flatMap { Self.field(11, $0) } + outputs.flatMap { Self.field(12, $0) }
    return Self.field(7, graph) + (opset.map { Self.field(8, Self.number(2, $0)) } ?? [])
  }

  func model() throws -> ONNXModel {
    try ONNXModel(ByteSource(bytes, name: "made.onnx"))
  }

  /// One node from "x" to "y".
  static func single(
    _ type: String, opset: Int = 17, inputs: [String] = ["x"], outputs: [String] = ["y"], _ attributes: [[UInt8]] = [],
    weights: [[UInt8]] = []
  ) -> ONNXWriter {
    ONNXWriter(opset: opset, nodes: [node(type, inputs, outputs, attributes)], weights: weights)
  }

  static func node(
    _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: [[UInt8]] = [], domain: String = ""
  ) -> [UInt8] {
    inputs.flatMap { field(1, Array($0.utf8)) } + outputs.flatMap { text(2, $0) } + text(3, "the \(type)")
      + text(4, type)
      + attributes.flatMap { field(5, $0) } + text(7, domain)
  }

  static func int(_ name: String, _ value: Int) -> [UInt8] { text(1, name) + number(3, value) + number(20, 2) }

  static func float(_ name: String, _ value: Float) -> [UInt8] { text(1, name) + single(2, value) + number(20, 1) }

  static func string(_ name: String, _ value: String) -> [UInt8] { text(1, name) + text(4, value) + number(20, 3) }

  static func ints(_ name: String, _ values: [Int]) -> [UInt8] {
    text(1, name) + values.flatMap { number(8, $0) } + number(20, 7)
  }

  static func floats(_ name: String, _ values: [Float]) -> [UInt8] {
    text(1, name) + values.flatMap { single(7, $0) } + number(20, 6)
  }

  static func tensor(_ name: String, _ tensor: [UInt8]) -> [UInt8] { text(1, name) + field(5, tensor) + number(20, 4) }

  /// `type` 1 is float, 7 int64, as ONNX numbers them.
  static func weights(_ name: String, _ shape: [Int], type: Int, raw: [UInt8]) -> [UInt8] {
    shape.flatMap { number(1, $0) } + number(2, type) + text(8, name) + field(9, raw)
  }

  static func weights(_ name: String, _ shape: [Int], _ values: [Float]) -> [UInt8] {
    weights(name, shape, type: 1, raw: values.flatMap { withUnsafeBytes(of: $0) { Array($0) } })
  }

  static func weights(_ name: String, integers: [Int]) -> [UInt8] {
    weights(name, [integers.count], type: 7, raw: integers.flatMap { withUnsafeBytes(of: Int64($0)) { Array($0) } })
  }

  static func external(_ name: String, _ shape: [Int], location: String, offset: String? = nil, length: String? = nil)
    -> [UInt8]
  {
    let entries = [("location", location), ("offset", offset), ("length", length)]
    return shape.flatMap { number(1, $0) } + number(2, 1) + text(8, name) + number(14, 1)
      + entries.flatMap { key, value in value.map { field(13, text(1, key) + text(2, $0)) } ?? [] }
  }

  /// Dimensions are numbers, or names where they are not known.
  static func value(_ name: String, _ shape: [Any]) -> [UInt8] {
    let dimensions = shape.flatMap { field(1, ($0 as? Int).map { number(1, $0) } ?? text(2, "\($0)")) }
    return text(1, name) + field(2, field(1, number(1, 1) + field(2, dimensions)))
  }

  static func text(_ number: Int, _ text: String) -> [UInt8] { text.isEmpty ? [] : field(number, Array(text.utf8)) }

  static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(UInt64(number << 3 | 2)) + varint(UInt64(bytes.count)) + bytes
  }

  static func number(_ number: Int, _ value: Int) -> [UInt8] {
    varint(UInt64(number << 3)) + varint(UInt64(bitPattern: Int64(value)))
  }

  private static func single(_ number: Int, _ value: Float) -> [UInt8] {
    varint(UInt64(number << 3 | 5)) + withUnsafeBytes(of: value) { Array($0) }
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
