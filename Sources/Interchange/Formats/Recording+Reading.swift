public import Files
public import Foundation
public import Pose

extension Recording {
  /// Reads a file of poses.
  ///
  /// - Parameter skeleton: What the keypoints of COCO files are; other formats say it themselves.
  public init(_ url: URL, format: RecordingFormat, skeleton: Skeleton = .coco17) throws(FileError) {
    switch format {
    case .poseTrack: try self.init(poseTrack: url)
    case .coco: try self.init(coco: url, skeleton: skeleton)
    case .mot: try self.init(mot: url, skeleton: skeleton)
    case .csv, .openPose:
      throw FileError(
        .unknownFormat, file: url.path, problem: "\(format.rawValue) can be written, not read",
        remedy: "convert from posetrack, coco or mot")
    }
  }

  private init(mot url: URL, skeleton: Skeleton) throws(FileError) {
    let rows = Dictionary(grouping: try MOTRow.read(url), by: \.frame)
    let frames = rows.sorted { $0.key < $1.key }.map { frame, rows in
      RecordedFrame(
        index: frame - 1, time: nil,
        people: rows.map { row in
          let keypoints = [Keypoint?](repeating: nil, count: skeleton.joints.count)
          let pose = Pose(keypoints: keypoints, box: row.box, score: row.confidence)
          return RecordedFrame.Person(pose, trackID: row.id >= 0 ? row.id : nil)
        })
    }
    let name = url.deletingPathExtension().lastPathComponent
    self.init(header: RecordingHeader(name: name, skeleton: skeleton), frames: frames)
  }

  private init(coco url: URL, skeleton: Skeleton) throws(FileError) {
    let isResults = try InputFile.bytes(of: url).first { $0 > 0x20 } == UInt8(ascii: "[")
    let frames = isResults ? try Self.results(url, skeleton) : try Self.annotations(url, skeleton)
    let name = url.deletingPathExtension().lastPathComponent
    self.init(header: RecordingHeader(name: name, skeleton: skeleton), frames: frames)
  }

  /// `image_id` is the number of the frame, or ends in it where it is one of PoseTrack's.
  private static func results(_ url: URL, _ skeleton: Skeleton) throws(FileError) -> [RecordedFrame] {
    var people: [Int: [RecordedFrame.Person]] = [:]
    for (index, result) in try COCOResult.read(url).enumerated() {
      let frame = result.imageID >= 10_000_000_000 ? result.imageID % 10_000 : result.imageID
      let keypoints = try keypoints(result.keypoints, skeleton, file: url, place: "[\(index)].keypoints")
      let box = result.box ?? Box(around: keypoints.compactMap { $0?.point })
      let pose = Pose(
        keypoints: keypoints, box: box ?? Box(x: 0, y: 0, width: 0, height: 0), score: result.score)
      people[frame, default: []].append(.init(pose, trackID: result.trackID))
    }
    return people.sorted { $0.key < $1.key }.map { RecordedFrame(index: $0, time: nil, people: $1) }
  }

  /// Images are frames in the order of their ids.
  private static func annotations(_ url: URL, _ skeleton: Skeleton) throws(FileError) -> [RecordedFrame] {
    let dataset = try COCODataset(url)
    var people: [Int: [RecordedFrame.Person]] = [:]
    for (index, annotation) in dataset.annotations.enumerated() where !annotation.isCrowd {
      let keypoints = try keypoints(
        annotation.keypoints, skeleton, file: url, place: "annotations[\(index)].keypoints")
      people[annotation.imageID, default: []].append(
        .init(Pose(keypoints: keypoints, box: annotation.box, score: 1), trackID: annotation.trackID))
    }
    return dataset.images.sorted { $0.id < $1.id }.enumerated().map { index, image in
      RecordedFrame(index: index, time: nil, name: image.fileName, people: people[image.id] ?? [])
    }
  }

  /// Joints whose three numbers are 0 are absent; a visibility of 2 counts as score 1.
  private static func keypoints(
    _ triples: [(point: Point, visibility: Double)], _ skeleton: Skeleton, file: URL, place: String
  ) throws(FileError) -> [Keypoint?] {
    if triples.isEmpty { return Array(repeating: nil, count: skeleton.joints.count) }
    guard triples.count == skeleton.joints.count else {
      throw FileError(
        .invalid, file: file.path, place: place,
        problem: "\(triples.count) keypoints where \(skeleton.name) has \(skeleton.joints.count)",
        remedy: "name the keypoint set of the file with --keypoint-set")
    }
    return triples.map { point, visibility in
      visibility == 0 && point.x == 0 && point.y == 0 ? nil : Keypoint(point, score: min(visibility, 1))
    }
  }
}
