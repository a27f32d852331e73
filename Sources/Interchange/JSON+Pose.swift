internal import Files
internal import Pose

extension JSONText {
  /// `[x,y,width,height]`
  static func box(_ box: Box) -> String {
    list([box.x, box.y, box.width, box.height]) { append($0, places: Pose.coordinatePlaces, to: &$1) }
  }

  static func score(_ score: Double) -> String { number(score, places: Pose.scorePlaces) }

  /// `x,y,` and what follows.
  static func append(_ point: Point, to bytes: inout [UInt8]) {
    append(point.x, places: Pose.coordinatePlaces, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    append(point.y, places: Pose.coordinatePlaces, to: &bytes)
    bytes.append(UInt8(ascii: ","))
  }

  /// `[x,y,score,…]`, with what the format writes for `absent` ones in their place.
  static func keypoints(_ keypoints: [Keypoint?], absent: String) -> String {
    list(keypoints) { keypoint, bytes in
      guard let keypoint else { return bytes.append(contentsOf: absent.utf8) }
      append(keypoint.point, to: &bytes)
      append(keypoint.score, places: Pose.scorePlaces, to: &bytes)
    }
  }
}

extension JSONValue {
  /// x, y, width, height.
  static func asBox(_ value: JSONValue) throws(FileError) -> Box {
    let numbers = try value.doubles(count: 4)
    return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
  /// x, y, score of every keypoint; nil where one of them is null.
  static func asKeypoints(_ value: JSONValue) throws(FileError) -> [Keypoint?] {
    let numbers = try value.map { (value) throws(FileError) in value == .null ? nil : try value.double() }
    guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count) }
    return stride(from: 0, to: numbers.count, by: 3).map {
      guard let x = numbers[$0], let y = numbers[$0 + 1], let score = numbers[$0 + 2] else { return nil }
      return Keypoint(Point(x: x, y: y), score: score)
    }
  }
}
