private import Files
package import Foundation
package import Interchange
package import Pose

/// All poses of a file at once.
package struct Recording {
  package var header: RecordingHeader
  /// In the order of their index.
  package var frames: [RecordedFrame]

  package init(header: RecordingHeader, frames: [RecordedFrame]) {
    self.header = header
    self.frames = frames
  }

  package init(_ url: URL, as format: RecordingFormat? = nil, skeleton: Skeleton? = nil, size: PictureSize? = nil)
    throws
  {
    let options = ReadingOptions(keypointSet: skeleton, size: size, metresPerPixel: 0.001)
    let reader = try RecordingFormat.open(url.path, as: format, options)
    (header, frames) = (reader.header, [])
    var rest = try reader.frames()
    while let frame = try rest.next() { frames.append(frame) }
  }

  package init(poseTrack url: URL) throws { try self.init(url, as: .poseTrack) }

  package func write(to url: URL, as format: RecordingFormat) throws {
    let people = frames.flatMap(\.people)
    let contents = RecordingReader.Contents(
      hasPeople: !people.isEmpty, hasKeypoints: people.contains { !$0.pose.keypoints.isEmpty })
    let options = WritingOptions(metresPerPixel: 0.001)
    let writer = try format.write(.place(url, overwrites: true), header, contents, options)
    for frame in frames { try writer.append(frame) }
    try writer.finish()
  }
}

extension PoseTrackFile {
  /// All images with the people in them.
  package var allFrames: [(image: Image, annotations: [Annotation])] {
    get throws {
      var all: [(image: Image, annotations: [Annotation])] = []
      var rest = try frames()
      while let frame = try rest.next() { all.append(frame) }
      return all
    }
  }
}

extension COCODataset {
  /// All images with what is annotated in them.
  package var allFrames: [(image: Image, annotations: [Annotation])] {
    get throws {
      var all: [(image: Image, annotations: [Annotation])] = []
      var rest = try frames()
      while let frame = try rest.next() { all.append(frame) }
      return all
    }
  }
}
