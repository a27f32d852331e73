package import Foundation
internal import Imaging
internal import Synchronization

/// Reads a video file, a directory of numbered images or a single image, frame by frame, upright and in the order
/// of presentation.
///
/// A start time is exact: everything is decoded from the beginning, and frames before it are only counted, so a
/// frame has the same ``Frame/index`` with and without it; ``skip(to:)`` may save most of that. Frames of another
/// size than the first are scaled to that, with black bars where their shape is another, and with a warning; photos
/// keep their sizes, and only the planes to draw on are fitted. What can't be decoded is left out and counted in
/// ``damage``; only a source that gives no picture at all is an error. No other file than the source is read.
///
/// Calls block; make them from one thread.
package final class VideoReader: Sendable {
  package let source: URL
  package let options: VideoReaderOptions
  package let info: VideoInfo

  private let session: Mutex<ReadingSession>
  private let stop: StopRequest

  /// Opens the source and decodes its first picture.
  ///
  /// - Parameter isInterrupted: Asked from any thread whether to give up; once it says so, no more frames come.
  package init(
    source: URL, options: VideoReaderOptions = VideoReaderOptions(),
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(VideoError) {
    self.source = source
    self.options = options
    stop = StopRequest(isInterrupted)
    let opened = try ReadingSession(source: source, options: options, stop: stop)
    info = opened.info
    session = Mutex(opened)
  }

  /// Whether the source is one image, and not a video or a folder of images; false where it can't be told.
  package static func isPhoto(_ source: URL) -> Bool {
    (try? SourceFile(source)).map(ReadingSession.isPhoto) ?? false
  }

  /// The next frame that the options ask for; nil at the end, or after an interruption.
  package func next() throws(VideoError) -> Frame? {
    try session.withLock { session throws(VideoError) in try session.next() }
  }

  /// Passes over most of the frames before `index` without decoding them. To be called before the first ``next()``.
  ///
  /// - Returns: Whether the file tells which frames these are; else they come as ever. From `index` on the frames are then those
  ///   that come without a skip, if nothing that is decoded before it is damaged (``damage``), and if every packet that was passed
  ///   over is a picture that can be decoded.
  package func skip(to index: Int) throws(VideoError) -> Bool {
    try session.withLock { session throws(VideoError) in try session.skip(to: index) }
  }

  /// Begins anew, with the first frame.
  package func restart() throws(VideoError) {
    try session.withLock { session throws(VideoError) in
      session = try ReadingSession(source: source, options: options, stop: stop)
    }
  }

  /// What could not be decoded so far.
  package var damage: DecodeDamage { session.withLock { $0.damage } }

  /// What a person should know about the pictures so far, in the order it was noticed.
  package var warnings: [String] { session.withLock { $0.warnings } }
}
