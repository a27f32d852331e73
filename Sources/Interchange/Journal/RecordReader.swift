internal import Pose

/// Takes values out of bytes that a `RecordWriter` made; nil where they end or cannot be.
struct RecordReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
    let size = Value.bitWidth / 8
    guard rest.count >= size else { return nil }
    var value: Value = 0
    for (shift, byte) in rest.prefix(size).enumerated() { value |= Value(truncatingIfNeeded: byte) << (8 * shift) }
    rest.removeFirst(size)
    return value
  }

  mutating func double() -> Double? { integer(UInt64.self).map(Double.init(bitPattern:)) }

  /// The text, or nil inside where nil was written.
  mutating func text() -> String?? {
    guard let count = integer(Int32.self) else { return nil }
    if count < 0 { return .some(nil) }
    guard rest.count >= count, let text = String(validating: rest.prefix(Int(count)), as: UTF8.self) else { return nil }
    rest.removeFirst(Int(count))
    return text
  }

  mutating func pose() -> Pose? {
    guard let x = double(), let y = double(), let width = double(), let height = double(), let score = double(),
      let count = integer(UInt32.self)
    else { return nil }
    var keypoints: [Keypoint?] = []
    for _ in 0..<count {
      guard let present = integer(UInt8.self), present <= 1 else { return nil }
      guard present == 1 else {
        keypoints.append(nil)
        continue
      }
      guard let x = double(), let y = double(), let score = double() else { return nil }
      keypoints.append(Keypoint(Point(x: x, y: y), score: score))
    }
    guard let torso = quantiles(), let legs = quantiles() else { return nil }
    return Pose(
      keypoints: keypoints, box: Box(x: x, y: y, width: width, height: height), score: score,
      appearance: torso == nil && legs == nil ? nil : Appearance(torso: torso, legs: legs))
  }

  /// The numbers, or nil inside where nil was written.
  private mutating func quantiles() -> [Int8]?? {
    guard let count = integer(UInt8.self), rest.count >= count else { return nil }
    if count == 0 { return .some(nil) }
    let bytes = rest.prefix(Int(count))
    rest.removeFirst(Int(count))
    return bytes.map { Int8(bitPattern: $0) }
  }
}
