internal import Files
internal import Foundation
internal import Pose

extension RecordingReader {
  /// The poses of a PoseTrack file: those of the network where PoseTrail wrote it, the labelled joints of PoseTrack
  /// otherwise.
  convenience init(poseTrack file: InputText, named name: String) throws(FileError) {
    let source = try PoseTrackFile(file)
    try file.read { () throws(FileError) in try source.facts.boxes.requirePixels() }
    let kind = try source.facts.frames.kind { () throws(FileError) in
      var frames = try PoseTrackFile.Frames(source, kind: .listed, onlyOurs: true)
      var seen: Set<Int> = []
      while let (image, _) = try frames.next() {
        guard let number = FrameCounting.number(in: image.fileName), seen.insert(number).inserted else { return false }
      }
      return true
    }
    let isOurs = source.isOurs
    let order = Skeleton.poseTrack18.joints.map { source.jointNames.firstIndex(of: $0.name) }
    let skeleton = isOurs ? source.skeleton ?? .poseTrack18 : .poseTrack18
    let strays = StrayCount()
    self.init(
      file.name,
      header: RecordingHeader(
        name: name, skeleton: skeleton, provenance: source.provenance, names: source.names),
      frameCount: source.imageCount, contents: source.facts.contents(isOurs: isOurs), strays: strays
    ) { () throws(FileError) in
      var frames = try PoseTrackFile.Frames(source, kind: kind, onlyOurs: isOurs, strays: strays)
      return { () throws(FileError) in
        guard let (image, annotations, rank) = try frames.ranked() else { return nil }
        return RecordedFrame(
          index: rank, time: image.time, name: image.name, size: PictureSize(image.width, image.height),
          beginsShot: image.beginsShot,
          people: annotations.map { RecordedFrame.Person($0, order: isOurs ? nil : order) })
      }
    }
  }
}

extension RecordedFrame.Person {
  /// - Parameter order: Where the joints of PoseTrack are in the file's; nil where there is the network's own pose.
  fileprivate init(_ annotation: PoseTrackFile.Annotation, order: [Int?]?) {
    let keypoints = order.map(annotation.keypoints) ?? annotation.pose ?? []
    let box = annotation.box ?? Box(around: keypoints.compactMap { $0?.point })
    self.init(
      Pose(
        keypoints: keypoints, box: box ?? Box(x: 0, y: 0, width: 0, height: 0), score: annotation.score ?? 1,
        appearance: annotation.appearance),
      trackID: annotation.trackID)
    (margin, isFilled) = (annotation.margin, annotation.isFilled)
  }
}

extension PoseTrackFile.Annotation {
  /// The joints in another order, none where there are none; nil where x, y and the third number are all 0. Scores are those
  /// of the file, or else the third number.
  fileprivate func keypoints(_ order: [Int?]) -> [Keypoint?] {
    if joints.isEmpty { return [] }
    return order.map { index in
      guard let index, joints.indices.contains(index) else { return nil }
      let (point, third) = joints[index]
      if point.x == 0, point.y == 0, third == 0 { return nil }
      return Keypoint(point, score: scores?[index] ?? third)
    }
  }
}
