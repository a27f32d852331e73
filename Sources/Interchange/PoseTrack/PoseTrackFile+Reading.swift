package import Files
internal import Pose
internal import Timing

extension PoseTrackFile {
  /// The images in the order of the file, each with the people in it.
  package func frames() throws(FileError) -> Frames { try Frames(self, kind: .listed, onlyOurs: false) }

  package struct Frames {
    /// An image with what it was ordered by.
    typealias Ranked = (image: Image, annotations: [Annotation], rank: Int)

    private let file: InputText
    private let body: () throws(FileError) -> Ranked?

    /// - Parameters:
    ///   - kind: What orders the frames.
    ///   - onlyOurs: Leaves out what the poses of PoseTrail do not need.
    ///   - strays: Is told of people who belong to none of the images.
    init(
      _ source: PoseTrackFile, kind: FrameCounting.Kind, onlyOurs: Bool, strays: StrayCount = StrayCount()
    ) throws(FileError) {
      file = source.file
      body = try file.read { () throws(FileError) in
        switch source.layout {
        case .lists(let images, let annotations):
          try Self.lists(source, images, annotations, kind, onlyOurs: onlyOurs, strays)
        case .annolist(let frames): try Self.annolist(source, frames, kind)
        }
      }
    }

    /// The next image; nil after the last.
    package mutating func next() throws(FileError) -> (image: Image, annotations: [Annotation])? {
      try ranked().map { ($0.image, $0.annotations) }
    }

    mutating func ranked() throws(FileError) -> Ranked? { try file.read(body) }

    private static func lists(
      _ source: PoseTrackFile, _ images: DatasetSurvey.List, _ annotations: DatasetSurvey.List,
      _ kind: FrameCounting.Kind, onlyOurs: Bool, _ strays: StrayCount
    ) throws(FileError) -> () throws(FileError) -> Ranked? {
      var frames = try DatasetFrames(
        source.file, images: images, annotations: annotations,
        rank: { rank($0, number: $1, kind) }, ranksRise: source.facts.frames.isRising(kind), id: \.id,
        imageID: \.imageID,
        image: { (parser) throws(FileError) in try Image(parser.value(Image.selection)) },
        annotation: annotation(of: source, onlyOurs: onlyOurs))
      return { () throws(FileError) in
        if let next = try frames.next() { return (next.image, next.annotations, next.rank) }
        strays.count = frames.strays
        return nil
      }
    }

    private static func annolist(
      _ source: PoseTrackFile, _ list: DatasetSurvey.List, _ kind: FrameCounting.Kind
    ) throws(FileError) -> () throws(FileError) -> Ranked? {
      let isRising = source.facts.frames.isRising(kind)
      var frames = try OrderedRecords(
        isInOrder: isRising, key: { rank($0.image, number: $1, kind) },
        makeCursor: { () throws(FileError) in
          try JSONRecords(source.file, at: list.offset, list: "annolist") { (parser) throws(FileError) in
            try PoseTrack17.Frame(parser.value())
          }
        })
      return { () throws(FileError) in
        try frames.next().map { ($0.record.image, $0.record.people, $0.key) }
      }
    }

    private static func rank(_ image: Image, number: Int, _ kind: FrameCounting.Kind) -> Int {
      switch kind {
      case .stated: image.index ?? number
      case .named: FrameCounting.number(in: image.fileName) ?? number
      case .listed: number
      }
    }

    fileprivate static func annotation(
      of source: PoseTrackFile, onlyOurs: Bool
    ) -> (inout JSONParser) throws(FileError) -> Annotation {
      let selection = onlyOurs ? Annotation.selection : Annotation.labelSelection
      let (joints, keypoints) = (source.jointNames.count, source.skeleton?.joints.count)
      return { (parser) throws(FileError) in
        let annotation = try Annotation(parser.value(selection))
        try annotation.check(joints: joints, keypoints: keypoints)
        return annotation
      }
    }
  }
}

extension PoseTrackFile {
  /// Calls `image` with all images, and then `person` with all people, each in the order of the file.
  func forEach(
    image: (Image) throws(FileError) -> Void, person: (Annotation) throws(FileError) -> Void
  ) throws(FileError) {
    switch layout {
    case .lists(let images, let annotations):
      var imageRecords = try JSONRecords(file, at: images.offset, list: "images") { (parser) throws(FileError) in
        try Image(parser.value(Image.selection))
      }
      while let (next, _, _) = try imageRecords.next() { try image(next) }
      var people = try JSONRecords(
        file, at: annotations.offset, list: "annotations", read: Frames.annotation(of: self, onlyOurs: true))
      while let (next, _, _) = try people.next() { try person(next) }
    case .annolist:
      var frames = try frames()
      var id = 0
      while let (frame, people) = try frames.next() {
        var next = frame
        next.id = id
        try image(next)
        for var annotation in people {
          annotation.imageID = id
          try person(annotation)
        }
        id += 1
      }
    }
  }
}

extension PoseTrackFile.Annotation {
  fileprivate func check(joints count: Int, keypoints: Int?) throws(FileError) {
    guard joints.count == count || joints.isEmpty else {
      throw FileError(
        .invalid, place: "keypoints", problem: "\(joints.count) joints where the category names \(count)",
        remedy: "check that the file is a PoseTrack file")
    }
    if let pose, let keypoints, pose.count != keypoints, !pose.isEmpty {
      throw FileError(
        .invalid, place: "pose", problem: "\(pose.count) keypoints where the skeleton has \(keypoints)",
        remedy: "write the file again")
    }
  }
}

extension PoseTrackFile.Image {
  fileprivate static let selection = JSONSelection(
    keeping: [
      "id", "file_name", "is_labeled", "ignore_regions_x", "ignore_regions_y", "width", "height", "index", "time",
      "name", "begins_shot",
    ])

  fileprivate init(_ json: JSONValue) throws(FileError) {
    id = try json.integer("id")
    fileName = try json.readIfPresent("file_name", JSONValue.asString) ?? ""
    isLabeled = try json.readIfPresent("is_labeled", JSONValue.asFlag) ?? true
    let regions = { (values: JSONValue) throws(FileError) in try values.map(JSONValue.asDoubles) }
    let x = try json.readIfPresent("ignore_regions_x", regions) ?? []
    let y = try json.readIfPresent("ignore_regions_y", regions) ?? []
    ignoreRegions = zip(x, y).map { x, y in zip(x, y).map { Point(x: $0, y: $1) } }
    width = try json.readIfPresent("width", JSONValue.asInteger)
    height = try json.readIfPresent("height", JSONValue.asInteger)
    index = try json.readIfPresent("index", FrameIndex.read)
    time = try json.readIfPresent("time", MediaTime.init)
    name = try json.readIfPresent("name", JSONValue.asString)
    beginsShot = try json.readIfPresent("begins_shot", JSONValue.asFlag)
  }
}

extension PoseTrackFile.Annotation {
  /// Members that poses of PoseTrail need, and those that only evaluations and other files' poses do.
  fileprivate static let selection = JSONSelection(keeping: names)
  fileprivate static let labelSelection = JSONSelection(keeping: names.union(["keypoints", "scores", "bbox_head"]))
  private static let names: Set<String> = [
    "image_id", "track_id", "score", "bbox", "pose", "appearance", "margin", "filled",
  ]

  fileprivate init(_ json: JSONValue) throws(FileError) {
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
    pose = try json.readIfPresent("pose", JSONValue.asKeypoints)
    appearance = try json.readIfPresent("appearance", Appearance.init)
    margin = try json.readIfPresent("margin", JSONValue.asDouble)
    isFilled = try json.readIfPresent("filled", JSONValue.asFlag) ?? false
  }

  private static func triples(_ json: JSONValue) throws(FileError) -> [(point: Point, third: Double)] {
    let numbers = try json.doubles()
    guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count) }
    return stride(from: 0, to: numbers.count, by: 3).map {
      (Point(x: numbers[$0], y: numbers[$0 + 1]), numbers[$0 + 2])
    }
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
