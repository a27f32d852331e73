internal import Files
internal import Pose

extension RecordingReader {
  /// A folder as OpenPose writes it: a frame a file, counted by the number in its name.
  ///
  /// The number of keypoints tells the layout; with face or hands anywhere, the keypoint set has them. A `person_id` from 0 is
  /// an identity.
  convenience init(openPose folder: InputFolder, named name: String) throws(FileError) {
    var paths: [Int: String] = [:]
    for path in folder.files where path.hasSuffix(OpenPoseWriter.ending) {
      let stem = String(path.dropLast(OpenPoseWriter.ending.count))
      guard let index = FrameLabel.trailingNumber(stem) else {
        throw FileError(
          .invalid, file: folder.name(of: path), problem: "the name has no number of a frame",
          remedy: "name files as OpenPose does: NAME_000000000000\(OpenPoseWriter.ending)")
      }
      if let other = paths.updateValue(path, forKey: index) {
        throw FileError(
          .invalid, file: folder.name, problem: "\(other) and \(path) would both be frame \(index)",
          remedy: "put each video into a folder of its own")
      }
    }
    let frames = paths.sorted { $0.key < $1.key }
    var (facts, boxes, contents) = (OpenPoseFacts(), BoxExtent(), Contents())
    for (_, path) in frames {
      for person in try OpenPosePerson.read(folder, path) {
        try facts.see(person, in: folder.name(of: path))
        boxes.see(person.person(hasParts: false), &contents)
      }
    }
    let skeleton = facts.skeleton
    let hasParts = facts.hasParts
    do throws(FileError) { try boxes.requirePixels() } catch { throw error.in(folder.name) }
    let prefix = frames.first.map { OpenPosePerson.videoName($0.value) } ?? ""
    let header = RecordingHeader(name: prefix.isEmpty ? name : prefix, skeleton: skeleton)
    self.init(folder.name, header: header, frameCount: frames.count, contents: contents) { () throws(FileError) in
      var rest = frames.makeIterator()
      return { () throws(FileError) in
        guard let (index, path) = rest.next() else { return nil }
        return RecordedFrame(
          index: index, time: nil, people: try OpenPosePerson.read(folder, path).map { $0.person(hasParts: hasParts) })
      }
    }
  }
}

/// What all people of a folder have in common.
private struct OpenPoseFacts {
  private(set) var layout: OpenPoseLayout?
  private(set) var hasParts = false

  var skeleton: Skeleton {
    let layout = layout ?? .body25
    return hasParts ? layout.whole : layout.body
  }

  mutating func see(_ person: OpenPosePerson, in file: String) throws(FileError) {
    let layouts = [OpenPoseLayout.body25, .coco]
    guard let found = layouts.first(where: { $0.body.joints.count == person.body.count }) else {
      throw FileError(
        .invalid, file: file,
        problem: "\(person.body.count) keypoints of a body are neither the 25 nor the 18 of OpenPose",
        remedy: "let OpenPose write the model BODY_25 or COCO")
    }
    if let layout, layout.body != found.body {
      throw FileError(
        .invalid, file: file, problem: "\(person.body.count) keypoints of a body where other files have another number",
        remedy: "give the files of one run of OpenPose")
    }
    layout = found
    hasParts = hasParts || person.parts.contains { $0 != nil }
  }
}

/// A person of a file.
private struct OpenPosePerson {
  var body: [Keypoint?]
  /// nil where the list is empty.
  var parts: [[Keypoint?]?]
  var trackID: Int?

  static func read(_ folder: InputFolder, _ path: String) throws(FileError) -> [OpenPosePerson] {
    do throws(FileError) {
      let json = try JSONParser.parse(try folder.bytes(path))
      return try json.read("people") { (people) throws(FileError) in try people.map(OpenPosePerson.init) }
    } catch {
      throw error.in(folder.name(of: path))
    }
  }

  private init(_ json: JSONValue) throws(FileError) {
    body = try json.read("pose_keypoints_2d", Self.keypoints)
    parts = try OpenPoseLayout.parts.map { (part) throws(FileError) -> [Keypoint?]? in
      guard let keypoints = try json.readIfPresent(part.0, Self.keypoints), !keypoints.isEmpty else { return nil }
      guard keypoints.count == part.1 else {
        throw FileError(
          .invalid, place: part.0, problem: "\(keypoints.count) keypoints where OpenPose has \(part.1)",
          remedy: "let OpenPose write the file again")
      }
      return keypoints
    }
    let ids = try json.readIfPresent("person_id", JSONValue.asDoubles) ?? []
    trackID = ids.first.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  func person(hasParts: Bool) -> RecordedFrame.Person {
    var keypoints = body
    if hasParts {
      for (part, (_, count)) in zip(parts, OpenPoseLayout.parts) {
        keypoints += part ?? Array(repeating: nil, count: count)
      }
    }
    return RecordedFrame.Person(keypoints, box: nil, score: nil, trackID: trackID)
  }

  /// x, y, score; what OpenPose did not find has 0, 0, 0.
  private static func keypoints(_ json: JSONValue) throws(FileError) -> [Keypoint?] {
    let numbers = try json.doubles()
    guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count) }
    return stride(from: 0, to: numbers.count, by: 3).map {
      let (x, y, score) = (numbers[$0], numbers[$0 + 1], numbers[$0 + 2])
      return x == 0 && y == 0 && score == 0 ? nil : Keypoint(Point(x: x, y: y), score: score)
    }
  }

  /// What stands before the number in a file's name.
  static func videoName(_ path: String) -> String {
    let stem = path.split(separator: "/").last.map(String.init) ?? path
    let name = stem.dropLast(OpenPoseWriter.ending.count)
    return name.lastIndex(of: "_").map { String(name[..<$0]) } ?? ""
  }
}
