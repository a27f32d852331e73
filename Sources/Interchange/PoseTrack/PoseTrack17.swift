internal import Files
internal import Pose

/// A PoseTrack 2017 file: `annolist`, in which every scalar is a list of one.
enum PoseTrack17 {
  struct Frame {
    var image: PoseTrackFile.Image
    var people: [PoseTrackFile.Annotation]
  }

  /// The joints in the order of their ids.
  static let jointNames = [
    "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "right_wrist", "right_elbow",
    "right_shoulder", "left_shoulder", "left_elbow", "left_wrist", "head_bottom", "nose", "head_top",
  ]

  /// The name of a frame's picture.
  static func name(of frame: JSONValue) throws(FileError) -> String {
    try frame.read("image") { (value) throws(FileError) in try value.first().read("name", text) }
  }

  fileprivate static func annotation(_ json: JSONValue) throws(FileError) -> PoseTrackFile.Annotation {
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
      imageID: 0, trackID: try json.readIfPresent("track_id", number).flatMap { Int(exactly: $0) },
      joints: joints, scores: scores, score: try json.readIfPresent("score", number), headBox: head)
  }

  fileprivate static func regions(_ json: JSONValue) throws(FileError) -> [[Point]] {
    try json.map { (region) throws(FileError) in
      try region.read("point") { (points) throws(FileError) in
        try points.map { (point) throws(FileError) in
          Point(x: try point.read("x", number), y: try point.read("y", number))
        }
      }
    }
  }

  fileprivate static func list(_ json: JSONValue) throws(FileError) -> [JSONValue] { try json.array() }

  fileprivate static func number(_ json: JSONValue) throws(FileError) -> Double { try json.first().double() }

  private static func text(_ json: JSONValue) throws(FileError) -> String { try json.first().string() }
}

extension PoseTrack17.Frame {
  init(_ frame: JSONValue) throws(FileError) {
    image = PoseTrackFile.Image(
      id: 0, fileName: try PoseTrack17.name(of: frame),
      isLabeled: try frame.readIfPresent("is_labeled", PoseTrack17.number).map { $0 != 0 } ?? true,
      ignoreRegions: try frame.readIfPresent("ignore_regions", PoseTrack17.regions) ?? [])
    people =
      try frame.readIfPresent("annorect") { (list) throws(FileError) in
        try list.map(PoseTrack17.annotation)
      } ?? []
  }
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
