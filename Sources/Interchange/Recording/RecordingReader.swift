package import Files
package import Pose

/// The poses of a video in a file, frame by frame in the order of their index.
///
/// The file is looked through once before, so that what is not of its format is refused before any work begins.
package final class RecordingReader {
  package let header: RecordingHeader
  /// nil where it is not known beforehand.
  package let frameCount: Int?
  package let contents: Contents
  private let file: InputText
  private let strays: StrayCount
  private let open: () throws(FileError) -> () throws(FileError) -> RecordedFrame?

  /// - Parameter open: Begins with the first frame and gives one after the other.
  init(
    _ file: InputText, header: RecordingHeader, frameCount: Int?, contents: Contents, strays: StrayCount = StrayCount(),
    open: @escaping () throws(FileError) -> () throws(FileError) -> RecordedFrame?
  ) {
    (self.file, self.header, self.frameCount, self.contents) = (file, header, frameCount, contents)
    (self.strays, self.open) = (strays, open)
  }

  /// What the file is called.
  package var name: String { file.name }

  /// What a person should know once all frames were read.
  package var notes: [String] {
    strays.count == 0 ? [] : ["\(strays.count) of the people belong to no image of the file and are left out"]
  }

  /// The frames from the first on; can be asked for again.
  package func frames() throws(FileError) -> Frames {
    try file.read { () throws(FileError) in Frames(file: file, body: try open()) }
  }

  /// Whether there is anybody, and what is known of anybody.
  package struct Contents: Sendable {
    package var hasPeople = false
    /// Else there are boxes only.
    package var hasKeypoints = false
    package var hasIdentities = false

    package init(hasPeople: Bool = false, hasKeypoints: Bool = false, hasIdentities: Bool = false) {
      (self.hasPeople, self.hasKeypoints, self.hasIdentities) = (hasPeople, hasKeypoints, hasIdentities)
    }
  }

  package struct Frames {
    fileprivate let file: InputText
    fileprivate let body: () throws(FileError) -> RecordedFrame?
    private var last: Int?

    fileprivate init(file: InputText, body: @escaping () throws(FileError) -> RecordedFrame?) {
      (self.file, self.body) = (file, body)
    }

    /// The next frame; nil after the last.
    package mutating func next() throws(FileError) -> RecordedFrame? {
      guard let frame = try file.read(body) else { return nil }
      if let last, frame.index <= last {
        throw FileError(
          .invalid, file: file.name, problem: "frame \(frame.index) is there twice", remedy: "split the file by video")
      }
      last = frame.index
      return frame
    }
  }
}

/// What the reader of a format must be told.
package struct ReadingOptions: Sendable {
  /// What the keypoints of COCO files are; other formats say it themselves.
  package var skeleton: Skeleton

  package init(skeleton: Skeleton = .coco17) { self.skeleton = skeleton }
}
