public import Files
public import Pose

/// The poses of a video in a file, frame by frame in the order of their index.
///
/// The file is looked through once before, so that what is not of its format is refused before any work begins.
public final class RecordingReader {
  public let header: RecordingHeader
  /// nil where it is not known beforehand.
  public let frameCount: Int?
  public let contents: Contents
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

  /// What a person should know once all frames were read.
  public var notes: [String] {
    strays.count == 0 ? [] : ["\(strays.count) of the people belong to no image of the file and are left out"]
  }

  /// The frames from the first on; can be asked for again.
  public func frames() throws(FileError) -> Frames {
    try file.read { () throws(FileError) in Frames(file: file, body: try open()) }
  }

  /// Whether there is anybody, and what is known of anybody.
  public struct Contents: Sendable {
    public var hasPeople = false
    /// Else there are boxes only.
    public var hasKeypoints = false
    public var hasIdentities = false

    public init(hasPeople: Bool = false, hasKeypoints: Bool = false, hasIdentities: Bool = false) {
      (self.hasPeople, self.hasKeypoints, self.hasIdentities) = (hasPeople, hasKeypoints, hasIdentities)
    }
  }

  public struct Frames {
    fileprivate let file: InputText
    fileprivate let body: () throws(FileError) -> RecordedFrame?
    private var last: Int?

    fileprivate init(file: InputText, body: @escaping () throws(FileError) -> RecordedFrame?) {
      (self.file, self.body) = (file, body)
    }

    /// The next frame; nil after the last.
    public mutating func next() throws(FileError) -> RecordedFrame? {
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
public struct ReadingOptions: Sendable {
  /// What the keypoints of COCO files are; other formats say it themselves.
  public var skeleton: Skeleton

  public init(skeleton: Skeleton = .coco17) { self.skeleton = skeleton }
}
