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
}

extension JSONValue {
  /// x, y, width, height.
  static func asBox(_ value: JSONValue) throws(FileError) -> Box {
    let numbers = try value.doubles(count: 4)
    return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}
