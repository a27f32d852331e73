internal import Files
internal import Pose

extension RecordingReader {
  /// What CVAT exports as *CVAT for video 1.1*: tracks of skeletons or boxes. Shapes and points that are outside are not there.
  /// Frames between key frames must be in the file, as CVAT writes them. Everybody counts as a person, whatever the label.
  convenience init(cvat file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    var annotations = CVATAnnotations(options)
    try file.read { () throws(FileError) in
      var text = XMLText(try file.allBytes())
      while let tag = try text.next() {
        try FileError.at("line \(tag.line)") { () throws(FileError) in try annotations.see(tag) }
      }
      try annotations.requireTracks()
    }
    let skeleton = try options.skeleton(joints: annotations.joints)
    let header = RecordingHeader(name: name, skeleton: skeleton)
    try self.init(file.name, header: header, annotations.frames(joints: skeleton.joints.count))
  }
}

/// What was seen of a file.
private struct CVATAnnotations {
  /// In the order of their first appearance.
  private(set) var joints: [String] = []
  private let options: ReadingOptions
  private var size: PictureSize?
  private var width: Int?
  private var people: [Int: [(track: Int, points: [Int: Point], box: Box?)]] = [:]
  private var indices: [String: Int] = [:]
  private var tracks: Set<Int> = []
  private var track: Int?
  private var shape: (frame: Int, points: [Int: Point])?
  private var isCVAT = false

  init(_ options: ReadingOptions) { self.options = options }

  mutating func see(_ tag: XMLText.Tag) throws(FileError) {
    switch (tag.name, tag.opens) {
    case ("annotations", true): isCVAT = true
    case ("width", false): width = Int(tag.text)
    case ("height", false): size = PictureSize(width, Int(tag.text))
    case ("track", true): try open(tag)
    case ("track", false): track = nil
    case ("image", true):
      throw FileError(
        .invalid, problem: "is CVAT for images", remedy: "export the task as CVAT for video 1.1")
    case ("skeleton", true): shape = tag.isOutside ? nil : (try tag.frame, [:])
    case ("points", true): try add(tag)
    case ("skeleton", false):
      if let shape, let track { people[shape.frame, default: []].append((track, shape.points, nil)) }
      shape = nil
    case ("box", true):
      guard let track, !tag.isOutside else { return }
      let edges = try ["xtl", "ytl", "xbr", "ybr"].map { (name) throws(FileError) in try tag.number(name) }
      let box = Box(x: edges[0], y: edges[1], width: edges[2] - edges[0], height: edges[3] - edges[1])
      people[try tag.frame, default: []].append((track, [:], box))
    default: break
    }
  }

  private mutating func open(_ tag: XMLText.Tag) throws(FileError) {
    let id = try tag.whole("id")
    guard tracks.insert(id).inserted else {
      throw FileError(.invalid, problem: "track \(id) is there twice", remedy: "give each track an id of its own")
    }
    track = id
  }

  private mutating func add(_ tag: XMLText.Tag) throws(FileError) {
    guard let joint = tag.attributes["label"], shape != nil else { return }
    let index = indices[joint] ?? joints.count
    if index == joints.count {
      indices[joint] = index
      joints.append(joint)
    }
    if tag.isOutside { return }
    let numbers = (tag.attributes["points"] ?? "").split(separator: ",").compactMap { Double($0) }.filter(\.isFinite)
    guard numbers.count == 2 else {
      throw FileError(
        .invalid, problem: "the points of \(joint) are no x,y", remedy: "give one point for each part of a skeleton")
    }
    shape?.points[index] = Point(x: numbers[0], y: numbers[1])
  }

  func requireTracks() throws(FileError) {
    guard isCVAT else {
      throw FileError(
        .invalid, problem: "has no <annotations>", remedy: "give what CVAT exports as CVAT for video 1.1")
    }
  }

  func frames(joints count: Int) -> [RecordedFrame] {
    people.map { frame, people in
      RecordedFrame(
        index: frame, time: nil, size: size,
        people: people.sorted { $0.track < $1.track }.map { track, points, box in
          RecordedFrame.Person(
            box == nil ? (0..<count).map { index in points[index].map { Keypoint($0, score: 1) } } : [], box: box,
            score: nil, trackID: track)
        })
    }
  }
}

extension XMLText.Tag {
  fileprivate var isOutside: Bool { attributes["outside"] == "1" }

  fileprivate var frame: Int {
    get throws(FileError) {
      let frame = try whole("frame")
      guard (0...FrameIndex.limit).contains(frame) else { throw wrong("frame", "no number of a frame") }
      return frame
    }
  }

  fileprivate func whole(_ key: String) throws(FileError) -> Int {
    guard let value = attributes[key].flatMap({ Int($0) }) else { throw wrong(key, "no whole number") }
    return value
  }

  fileprivate func number(_ key: String) throws(FileError) -> Double {
    guard let value = attributes[key].flatMap({ Double($0) }), value.isFinite else {
      throw wrong(key, "no finite number")
    }
    return value
  }

  private func wrong(_ key: String, _ problem: String) -> FileError {
    FileError(
      .invalid, problem: "\(key)=\"\(attributes[key]?.prefix(40) ?? "")\" of \(name) is \(problem)",
      remedy: "correct the file")
  }
}
