internal import Pose

/// Puts values into bytes, little end first.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ value: Double) { append(value.bitPattern) }

  /// A length and UTF-8; length −1 for nil.
  mutating func append(_ text: String?) {
    append(Int32(text?.utf8.count ?? -1))
    bytes.append(contentsOf: (text ?? "").utf8)
  }

  mutating func append(_ pose: Pose) {
    for value in [pose.box.x, pose.box.y, pose.box.width, pose.box.height, pose.score] { append(value) }
    append(UInt32(pose.keypoints.count))
    for keypoint in pose.keypoints {
      append(UInt8(keypoint == nil ? 0 : 1))
      guard let keypoint else { continue }
      for value in [keypoint.point.x, keypoint.point.y, keypoint.score] { append(value) }
    }
    append(pose.appearance?.torso)
    append(pose.appearance?.legs)
  }

  /// A count and bytes; count 0 for nil.
  private mutating func append(_ quantiles: [Int8]?) {
    append(UInt8(quantiles?.count ?? 0))
    for value in quantiles ?? [] { append(value) }
  }
}
