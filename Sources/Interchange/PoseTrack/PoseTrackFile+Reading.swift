public import Files
public import Foundation
internal import Pose
internal import Timing

extension Provenance {
  /// What a PoseTrack file says of where it comes from; nil where it says nothing. The file is read to its end, and an error
  /// thrown where it is not whole.
  public init?(ofPoseTrack url: URL) throws(FileError) {
    let provenance = try InputFile.read(url) { (bytes) throws(FileError) -> Provenance? in
      var provenance: Provenance?
      var parser = JSONParser(bytes)
      try parser.object { (key, parser) throws(FileError) in
        switch key {
        case "info": provenance = try parser.value().readIfPresent("provenance", Provenance.init)
        case "images", "annotations": try parser.array { (parser) throws(FileError) in _ = try parser.value() }
        default: _ = try parser.value()
        }
      }
      try parser.end()
      return provenance
    }
    guard let provenance else { return nil }
    self = provenance
  }
}

extension PoseTrackFile {
  /// Reads a file of either year.
  public init(_ url: URL) throws(FileError) {
    self = try InputFile.read(url) { (bytes) throws(FileError) in try PoseTrackFile(bytes: bytes) }
  }

  init(bytes: [UInt8]) throws(FileError) {
    var info: JSONValue?
    var categories: JSONValue?
    var images: [Image]?
    var annotations: [Annotation]?
    var annolist: PoseTrack17?
    var parser = JSONParser(bytes)
    try parser.object { (key, parser) throws(FileError) in
      switch key {
      case "info": info = try parser.value()
      case "categories": categories = try parser.value()
      case "images": images = try parser.elements(of: key, Image.init)
      case "annotations": annotations = try parser.elements(of: key, Annotation.init)
      case "annolist": annolist = try PoseTrack17(&parser)
      default: _ = try parser.value()
      }
    }
    try parser.end()
    if let annolist {
      self.init(jointNames: PoseTrack17.jointNames, images: annolist.images, annotations: annolist.annotations)
      return
    }
    guard let images, let annotations else {
      throw FileError(
        .invalid, problem: "has no \"\(images == nil ? "images" : "annotations")\"",
        remedy: "give a PoseTrack JSON file, or name the right format with --from")
    }
    self.init(
      jointNames: try Self.jointNames(categories), images: images, annotations: annotations,
      skeleton: try info?.readIfPresent("skeleton", Skeleton.init),
      provenance: try info?.readIfPresent("provenance", Provenance.init))
    try checkJoints()
  }

  private static func jointNames(_ categories: JSONValue?) throws(FileError) -> [String] {
    guard let categories else { return Skeleton.poseTrack18.joints.map(\.name) }
    return try FileError.at("categories") { () throws(FileError) in
      guard let first = try categories.array().first else { return Skeleton.poseTrack18.joints.map(\.name) }
      return try first.readIfPresent("keypoints") { (names) throws(FileError) in
        try names.map(JSONValue.asString)
      }
        ?? Skeleton.poseTrack18.joints.map(\.name)
    }
  }

  private func checkJoints() throws(FileError) {
    for (index, annotation) in annotations.enumerated() {
      guard annotation.joints.count == jointNames.count || annotation.joints.isEmpty else {
        throw FileError(
          .invalid, place: "annotations[\(index)].keypoints",
          problem: "\(annotation.joints.count) joints where the category names \(jointNames.count)",
          remedy: "check that the file is a PoseTrack file")
      }
      if let pose = annotation.pose, let skeleton, pose.count != skeleton.joints.count {
        throw FileError(
          .invalid, place: "annotations[\(index)].pose",
          problem: "\(pose.count) keypoints where the skeleton has \(skeleton.joints.count)",
          remedy: "write the file again")
      }
    }
  }
}

extension PoseTrackFile.Image {
  init(_ json: JSONValue) throws(FileError) {
    id = try json.integer("id")
    fileName = try json.readIfPresent("file_name", JSONValue.asString) ?? ""
    isLabeled = try json.readIfPresent("is_labeled", JSONValue.asFlag) ?? true
    let regions = { (values: JSONValue) throws(FileError) in try values.map(JSONValue.asDoubles) }
    let x = try json.readIfPresent("ignore_regions_x", regions) ?? []
    let y = try json.readIfPresent("ignore_regions_y", regions) ?? []
    ignoreRegions = zip(x, y).map { x, y in zip(x, y).map { Point(x: $0, y: $1) } }
    width = try json.readIfPresent("width", JSONValue.asInteger)
    height = try json.readIfPresent("height", JSONValue.asInteger)
    index = try json.readIfPresent("index", JSONValue.asInteger)
    time = try json.readIfPresent("time", MediaTime.init)
    name = try json.readIfPresent("name", JSONValue.asString)
  }
}

extension PoseTrackFile.Annotation {
  init(_ json: JSONValue) throws(FileError) {
    imageID = try json.integer("image_id")
    trackID = try json.readIfPresent("track_id", JSONValue.asInteger)
    joints = try json.readIfPresent("keypoints", Self.triples) ?? []
    scores = try json.readIfPresent("scores", JSONValue.asDoubles).flatMap { $0.isEmpty ? nil : $0 }
    if let scores, scores.count != joints.count {
      throw FileError(
        .invalid, place: "scores", problem: "\(scores.count) scores for \(joints.count) joints",
        remedy: "give one score for every joint")
    }
    score = try json.readIfPresent("score", JSONValue.asDouble)
    box = try json.readIfPresent("bbox", JSONValue.asBox)
    headBox = try json.readIfPresent("bbox_head", JSONValue.asBox)
    pose = try json.readIfPresent("pose", Self.keypoints)
    appearance = try json.readIfPresent("appearance", Appearance.init)
  }

  private static func triples(_ json: JSONValue) throws(FileError) -> [(point: Point, third: Double)] {
    let numbers = try json.doubles()
    guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count) }
    return stride(from: 0, to: numbers.count, by: 3).map {
      (Point(x: numbers[$0], y: numbers[$0 + 1]), numbers[$0 + 2])
    }
  }

  private static func keypoints(_ json: JSONValue) throws(FileError) -> [Keypoint?] {
    let numbers = try json.map { (value) throws(FileError) in value == .null ? nil : try value.double() }
    guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count) }
    return stride(from: 0, to: numbers.count, by: 3).map {
      guard let x = numbers[$0], let y = numbers[$0 + 1], let score = numbers[$0 + 2] else { return nil }
      return Keypoint(Point(x: x, y: y), score: score)
    }
  }
}

extension FileError {
  static func notTriples(_ count: Int) -> FileError {
    FileError(
      .invalid, problem: "\(count) numbers are no list of x, y, score", remedy: "give three numbers for every keypoint")
  }
}

extension MediaTime {
  init(_ json: JSONValue) throws(FileError) {
    let numerator = try json.integer("numerator")
    let denominator = try json.integer("denominator")
    guard let numerator = Int32(exactly: numerator), let denominator = Int32(exactly: denominator), denominator > 0,
      numerator > 0
    else {
      throw FileError(.invalid, problem: "is no time base", remedy: "give numerator and denominator above 0")
    }
    self.init(ticks: Int64(try json.integer("ticks")), numerator: numerator, denominator: denominator)
  }
}
