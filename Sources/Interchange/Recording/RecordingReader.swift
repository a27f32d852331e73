package import Files
internal import Pose

/// The poses of a video in a file, frame by frame in the order of their index.
///
/// The file is looked through once before, so that what is not of its format is refused before any work begins.
package final class RecordingReader {
  package let header: RecordingHeader
  /// nil where it is not known beforehand.
  package let frameCount: Int?
  package let contents: Contents
  /// What messages call the file or folder.
  private let source: String
  private let remarks: [String]
  private let strays: StrayCount
  private let open: () throws(FileError) -> () throws(FileError) -> RecordedFrame?

  /// - Parameters:
  ///   - source: What messages call the file or folder.
  ///   - remarks: What a person should know of how it is read.
  ///   - open: Begins with the first frame and gives one after the other.
  init(
    _ source: String, header: RecordingHeader, frameCount: Int?, contents: Contents, remarks: [String] = [],
    strays: StrayCount = StrayCount(),
    open: @escaping () throws(FileError) -> () throws(FileError) -> RecordedFrame?
  ) {
    (self.source, self.header, self.frameCount, self.contents) = (source, header, frameCount, contents)
    (self.remarks, self.strays, self.open) = (remarks, strays, open)
  }

  /// What the file is called.
  package var name: String { source }

  /// What a person should know once all frames were read.
  package var notes: [String] {
    remarks
      + (strays.count == 0 ? [] : ["\(strays.count) of the people belong to no image of the file and are left out"])
  }

  /// The frames from the first on; can be asked for again.
  package func frames() throws(FileError) -> Frames {
    do throws(FileError) { return Frames(source: source, body: try open()) } catch { throw error.in(source) }
  }

  /// Whether there is anybody, and what is known of anybody.
  package struct Contents: Sendable {
    package var hasPeople = false
    /// Else there are boxes only.
    package var hasKeypoints = false
    package var hasIdentities = false
    /// Whether there are lists of COCO-WholeBody's parts.
    var hasParts = false

    package init(hasPeople: Bool = false, hasKeypoints: Bool = false, hasIdentities: Bool = false) {
      (self.hasPeople, self.hasKeypoints, self.hasIdentities) = (hasPeople, hasKeypoints, hasIdentities)
    }
  }

  package struct Frames {
    fileprivate let source: String
    fileprivate let body: () throws(FileError) -> RecordedFrame?
    private var last: Int?

    fileprivate init(source: String, body: @escaping () throws(FileError) -> RecordedFrame?) {
      (self.source, self.body) = (source, body)
    }

    /// The next frame; nil after the last.
    package mutating func next() throws(FileError) -> RecordedFrame? {
      let next: RecordedFrame?
      do throws(FileError) { next = try body() } catch { throw error.in(source) }
      guard let frame = next else { return nil }
      if let last, frame.index <= last {
        throw FileError(
          .invalid, file: source, problem: "frame \(frame.index) is there twice", remedy: "split the file by video")
      }
      last = frame.index
      return frame
    }
  }
}
