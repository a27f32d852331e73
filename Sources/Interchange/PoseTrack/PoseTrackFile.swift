package import Files
package import Foundation
package import Pose
package import Timing

/// A PoseTrack 2018 file, image by image: ground truth or predictions. PoseTrack 2017 files (`annolist`) are read into the
/// same shape.
package final class PoseTrackFile {
  package struct Image: Sendable {
    package var id: Int
    package var fileName: String
    package var isLabeled: Bool
    /// Polygons inside which nothing is evaluated.
    package var ignoreRegions: [[Point]]
    package var width: Int?
    package var height: Int?
    /// Where PoseTrail wrote the file.
    package var index: Int?
    package var time: MediaTime?
    package var name: String?
    package var beginsShot: Bool?
  }

  package struct Annotation: Sendable {
    package var imageID: Int
    package var trackID: Int?
    /// In the order of `jointNames`: x, y, and the third number, which is a visibility or a score.
    package var joints: [(point: Point, third: Double)]
    /// One for each joint; nil where the file has none.
    package var scores: [Double]?
    package var score: Double?
    package var box: Box?
    package var headBox: Box?
    /// The keypoints as the network gave them, where PoseTrail wrote the file.
    package var pose: [Keypoint?]?
    /// Where PoseTrail wrote the file.
    package var appearance: Appearance?
    /// Where PoseTrail wrote the file: how clear the link was, and whether the pose was filled in.
    package var margin: Double?
    package var isFilled = false
  }

  /// Which year's layout the file has.
  enum Layout {
    case lists(images: DatasetSurvey.List, annotations: DatasetSurvey.List)
    case annolist(DatasetSurvey.List)
  }

  let file: InputText
  let layout: Layout
  package let jointNames: [String]
  package let skeleton: Skeleton?
  package let provenance: Provenance?
  /// What people are called, by identity, where PoseTrail wrote the file.
  package let names: [Int: String]
  let facts: Facts

  package convenience init(_ url: URL) throws(FileError) { try self.init(try InputText(url)) }

  /// Looks through the file, and throws where it is none of these.
  init(_ file: InputText) throws(FileError) {
    self.file = file
    var facts = Facts()
    let survey = try file.read { () throws(FileError) in
      try DatasetSurvey(
        file, keeping: ["info", "categories"],
        images: .init(names: ["id", "index", "file_name"]) { (image, number) throws(FileError) in
          facts.frames.see(
            stated: try image.readIfPresent("index", FrameIndex.read),
            name: try image.readIfPresent("file_name", JSONValue.asString), number: number)
          return try image.integer("id")
        },
        annotations: .init(names: ["image_id", "bbox"], presence: ["pose", "keypoints", "track_id"]) {
          (annotation, _) throws(FileError) in
          if let box = try annotation.readIfPresent("bbox", JSONValue.asBox) { facts.boxes.see(box) }
          facts.see(
            hasPose: annotation["pose"] == .bool(true), hasJoints: annotation["keypoints"] == .bool(true),
            hasIdentity: annotation["track_id"] == .bool(true))
          return try annotation.integer("image_id")
        },
        other: (
          "annolist",
          .init(names: ["image"]) { (frame, number) throws(FileError) in
            facts.frames.see(stated: nil, name: try PoseTrack17.name(of: frame), number: number)
            facts.see(hasPose: false, hasJoints: true, hasIdentity: true)
            return number
          }
        ))
    }
    let details = try file.read { () throws(FileError) in try Details(survey) }
    (layout, jointNames, skeleton) = (details.layout, details.jointNames, details.skeleton)
    (provenance, names, self.facts) = (details.provenance, details.names, facts)
  }

  package var imageCount: Int {
    switch layout {
    case .lists(let images, _): images.order.count
    case .annolist(let frames): frames.order.count
    }
  }

  /// Whether PoseTrail wrote it, so that there are the poses of the network.
  var isOurs: Bool { skeleton != nil && !facts.hasForeignPoses }

  /// What was seen of all images and people.
  struct Facts {
    var frames = FrameCounting()
    var boxes = BoxExtent()
    private var hasPeople = false
    private var hasIdentities = false
    private var hasPoses = false
    /// Whether anybody has joints of PoseTrack, but no pose of the network.
    private(set) var hasForeignPoses = false

    mutating func see(hasPose: Bool, hasJoints: Bool, hasIdentity: Bool) {
      hasPeople = true
      hasIdentities = hasIdentities || hasIdentity
      hasPoses = hasPoses || hasPose
      hasForeignPoses = hasForeignPoses || hasJoints && !hasPose
    }

    func contents(isOurs: Bool) -> RecordingReader.Contents {
      .init(hasPeople: hasPeople, hasKeypoints: isOurs ? hasPoses : hasForeignPoses, hasIdentities: hasIdentities)
    }
  }

  /// What stands outside of the lists.
  private struct Details {
    var layout: Layout
    var jointNames: [String]
    var skeleton: Skeleton?
    var provenance: Provenance?
    var names: [Int: String] = [:]

    init(_ survey: DatasetSurvey) throws(FileError) {
      if let frames = survey.other {
        (layout, jointNames) = (.annolist(frames), PoseTrack17.jointNames)
        return
      }
      let lists = try survey.lists("give a PoseTrack JSON file")
      layout = .lists(images: lists.images, annotations: lists.annotations)
      jointNames = try Self.jointNames(survey.members["categories"])
      try FileError.at("info") { () throws(FileError) in
        skeleton = try survey.members["info"]?.readIfPresent("skeleton", Skeleton.init)
        provenance = try survey.members["info"]?.readIfPresent("provenance", Provenance.init)
        names = try survey.members["info"]?.readIfPresent("names", Self.names) ?? [:]
      }
    }

    private static func names(_ json: JSONValue) throws(FileError) -> [Int: String] {
      guard case .object(let members) = json else { return [:] }
      var names: [Int: String] = [:]
      for (id, name) in members {
        if let id = Int(id) { names[id] = try name.string() }
      }
      return names
    }

    private static func jointNames(_ categories: JSONValue?) throws(FileError) -> [String] {
      let standard = Skeleton.poseTrack18.joints.map(\.name)
      guard let categories else { return standard }
      return try FileError.at("categories") { () throws(FileError) in
        try categories.array().first?.readIfPresent("keypoints") { (names) throws(FileError) in
          try names.map(JSONValue.asString)
        } ?? standard
      }
    }
  }
}

/// How the images of a file are counted: by an index that is stated, else by the numbers in their names where these differ,
/// else by their place in the list.
struct FrameCounting {
  private var count = 0
  private var stated = KeyOrder()
  private var named = KeyOrder()

  mutating func see(stated index: Int?, name: String?, number: Int) {
    count += 1
    if let index { stated.note(index) }
    if let known = Self.number(in: name) { named.note(known) }
  }

  enum Kind { case stated, named, listed }

  /// Numbers in names that do not rise may still all differ, which takes another look.
  func kind(namesDiffer: () throws(FileError) -> Bool) throws(FileError) -> Kind {
    if stated.count == count { return .stated }
    guard named.count == count, !named.hasRepeats else { return .listed }
    if named.isRising { return .named }
    return try namesDiffer() ? .named : .listed
  }

  func isRising(_ kind: Kind) -> Bool {
    switch kind {
    case .stated: stated.isRising
    case .named: named.isRising
    case .listed: true
    }
  }

  /// The frame number that a picture is named by.
  static func number(in fileName: String?) -> Int? {
    fileName?.split(separator: "/").last.flatMap { $0.split(separator: ".").first }.flatMap { Int($0) }
      .flatMap { (0...FrameIndex.limit).contains($0) ? $0 : nil }
  }
}
