internal import Files
internal import Pose

extension RecordingReader {
  /// Frames that were read at once, from a format whose files are not in the order of frames; in any order.
  convenience init(
    _ source: String, header: RecordingHeader, _ frames: [RecordedFrame], remarks: [String] = []
  ) throws(FileError) {
    var (boxes, contents) = (BoxExtent(), Contents())
    for frame in frames {
      for person in frame.people { boxes.see(person, &contents) }
    }
    do throws(FileError) { try boxes.requirePixels() } catch { throw error.in(source) }
    let sorted = frames.sorted { $0.index < $1.index }
    self.init(source, header: header, frameCount: sorted.count, contents: contents, remarks: remarks) {
      () throws(FileError) in
      var rest = sorted.makeIterator()
      return { () throws(FileError) in rest.next() }
    }
  }
}

extension BoxExtent {
  /// Notes a person in what is known of all.
  mutating func see(_ person: RecordedFrame.Person, _ contents: inout RecordingReader.Contents) {
    see(person.pose.box)
    contents.hasPeople = true
    contents.hasKeypoints = contents.hasKeypoints || !person.pose.keypoints.isEmpty
    contents.hasIdentities = contents.hasIdentities || person.trackID != nil
  }
}

extension RecordedFrame.Person {
  /// Someone whose box may not be stated: then it is that around the keypoints.
  init(_ keypoints: [Keypoint?], box: Box?, score: Double?, trackID: Int?) {
    let box = box ?? Box(around: keypoints.compactMap { $0?.point }) ?? Box(x: 0, y: 0, width: 0, height: 0)
    self.init(Pose(keypoints: keypoints, box: box, score: score ?? 1), trackID: trackID)
  }
}
