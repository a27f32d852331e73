internal import Pose

extension JSONText {
  /// `[x,y,width,height]`
  static func box(_ box: Box) -> String {
    list([box.x, box.y, box.width, box.height]) { append($0, places: Pose.coordinatePlaces, to: &$1) }
  }

  static func score(_ score: Double) -> String { number(score, places: Pose.scorePlaces) }

  /// A list whose elements append themselves, without a string for each.
  static func list<Element>(_ elements: [Element], _ element: (Element, inout [UInt8]) -> Void) -> String {
    var bytes = [UInt8(ascii: "[")]
    for (index, value) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      element(value, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `x,y,` and what follows.
  static func append(_ point: Point, to bytes: inout [UInt8]) {
    append(point.x, places: Pose.coordinatePlaces, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    append(point.y, places: Pose.coordinatePlaces, to: &bytes)
    bytes.append(UInt8(ascii: ","))
  }
}
