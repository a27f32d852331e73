internal import Files
internal import Pose

/// A PoseTrack 2017 file: `annolist`, in which every scalar is a list of one.
struct PoseTrack17 {
  var images: [PoseTrackFile.Image] = []
  var annotations: [PoseTrackFile.Annotation] = []

  /// The joints in the order of their ids.
  static let jointNames = [
    "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "right_wrist", "right_elbow",
    "right_shoulder", "left_shoulder", "left_elbow", "left_wrist", "head_bottom", "nose", "head_top",
  ]

  init(_ parser: inout JSONParser) throws(FileError) {
    for frame in try parser.elements(of: "annolist", { (frame) in frame }).enumerated() {
      try FileError.at("annolist[\(frame.offset)]") { () throws(FileError) in
        try append(frame.element, id: frame.offset)
      }
    }
  }

  private mutating func append(_ frame: JSONValue, id: Int) throws(FileError) {
    let picture = try frame.read("image") { (value) throws(FileError) in try value.first() }
    let regions = try frame.readIfPresent("ignore_regions", Self.regions) ?? []
    images.append(
      PoseTrackFile.Image(
        id: id, fileName: try picture.read("name", Self.text),
        isLabeled: try frame.readIfPresent("is_labeled", Self.number).map { $0 != 0 } ?? true, ignoreRegions: regions))
    let people = try frame.readIfPresent("annorect", Self.list) ?? []
    for (index, person) in people.enumerated() {
      annotations.append(
        try FileError.at("annorect[\(index)]") { () throws(FileError) in try Self.annotation(person, imageID: id) })
    }
  }

  private static func annotation(
    _ json: JSONValue, imageID: Int
  ) throws(FileError) -> PoseTrackFile.Annotation {
    var joints = [(point: Point, third: Double)](repeating: (Point(x: 0, y: 0), 0), count: jointNames.count)
    var scores: [Double]?
    for person in try json.readIfPresent("annopoints", list) ?? [] {
      for point in try person.readIfPresent("point", list) ?? [] {
        let id = Int(exactly: try point.read("id", number)) ?? -1
        guard joints.indices.contains(id) else {
          throw FileError(
            .invalid, place: "annopoints.point.id", problem: "there is no joint \(id)", remedy: "count from 0 to 14")
        }
        joints[id].point = Point(x: try point.read("x", number), y: try point.read("y", number))
        joints[id].third = try point.readIfPresent("is_visible", number) ?? 1
        if let score = try point.readIfPresent("score", number) {
          scores = scores ?? Array(repeating: 0, count: jointNames.count)
          scores?[id] = score
        }
      }
    }
    var head: Box?
    if let x1 = try json.readIfPresent("x1", number), let y1 = try json.readIfPresent("y1", number),
      let x2 = try json.readIfPresent("x2", number), let y2 = try json.readIfPresent("y2", number)
    {
      head = Box(x: x1, y: y1, width: x2 - x1, height: y2 - y1)
    }
    return PoseTrackFile.Annotation(
      imageID: imageID, trackID: try json.readIfPresent("track_id", number).flatMap { Int(exactly: $0) },
      joints: joints, scores: scores, score: try json.readIfPresent("score", number), headBox: head)
  }

  private static func regions(_ json: JSONValue) throws(FileError) -> [[Point]] {
    try json.map { (region) throws(FileError) in
      try region.read("point") { (points) throws(FileError) in
        try points.map { (point) throws(FileError) in
          Point(x: try point.read("x", number), y: try point.read("y", number))
        }
      }
    }
  }

  private static func list(_ json: JSONValue) throws(FileError) -> [JSONValue] { try json.array() }

  private static func number(_ json: JSONValue) throws(FileError) -> Double { try json.first().double() }

  private static func text(_ json: JSONValue) throws(FileError) -> String { try json.first().string() }
}

extension JSONValue {
  /// The one element of a list, or the value itself where it is none.
  fileprivate func first() throws(FileError) -> JSONValue {
    guard case .array(let values) = self else { return self }
    guard let value = values.first else {
      throw FileError(.invalid, problem: "an empty list where a value belongs", remedy: "write the file again")
    }
    return value
  }
}
