public import Files
public import Foundation
internal import Pose

extension Recording {
  /// Reads the poses of a PoseTrack file: those of the network where PoseTrail wrote it, the labelled joints of
  /// PoseTrack otherwise.
  public init(poseTrack url: URL) throws(FileError) {
    let name = url.deletingPathExtension().deletingPathExtension().lastPathComponent
    self.init(try PoseTrackFile(url), name: name)
  }

  init(_ file: PoseTrackFile, name: String) {
    let names = Skeleton.poseTrack18.joints.map(\.name)
    let order = names.map { file.jointNames.firstIndex(of: $0) }
    let isOurs = file.skeleton != nil && file.annotations.allSatisfy { $0.pose != nil }
    let people = Dictionary(grouping: file.annotations, by: \.imageID)
    let frames = file.images.enumerated().map { offset, image in
      RecordedFrame(
        index: image.index ?? Self.number(of: image.fileName) ?? offset, time: image.time, name: image.name,
        people: (people[image.id] ?? []).map { annotation in
          let keypoints = isOurs ? annotation.pose ?? [] : annotation.keypoints(order)
          let box = annotation.box ?? Box(around: keypoints.compactMap { $0?.point })
          let pose = Pose(
            keypoints: keypoints, box: box ?? Box(x: 0, y: 0, width: 0, height: 0), score: annotation.score ?? 1,
            appearance: annotation.appearance)
          return RecordedFrame.Person(pose, trackID: annotation.trackID)
        })
    }
    let skeleton = isOurs ? file.skeleton ?? .poseTrack18 : .poseTrack18
    self.init(
      header: RecordingHeader(name: name, skeleton: skeleton, provenance: file.provenance),
      frames: frames.sorted { $0.index < $1.index })
  }

  /// The frame number that a picture is named by.
  private static func number(of fileName: String) -> Int? {
    fileName.split(separator: "/").last.flatMap { $0.split(separator: ".").first }.flatMap { Int($0) }
  }
}

extension PoseTrackFile.Annotation {
  /// The joints in another order; nil where x, y and the third number are all 0. Scores are those of the file, or else the
  /// third number.
  fileprivate func keypoints(_ order: [Int?]) -> [Keypoint?] {
    order.map { index in
      guard let index, joints.indices.contains(index) else { return nil }
      let (point, third) = joints[index]
      if point.x == 0, point.y == 0, third == 0 { return nil }
      return Keypoint(point, score: scores?[index] ?? third)
    }
  }
}
