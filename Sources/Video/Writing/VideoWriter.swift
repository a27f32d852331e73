package import Foundation
package import Imaging
internal import Synchronization
package import Timing

/// Writes pictures, at their own times, with the sound of a source to a video file.
///
/// The file appears at its place when ``finish(soundEnd:)`` succeeds, and not at all otherwise: until then it is a hidden file
/// beside it, which ``cancel()`` and deallocation remove. H.264 and HEVC have even sizes, so an odd picture gets
/// its last column or row once more. Matroska and WebM round times to milliseconds; MP4 and MOV keep them exactly.
///
/// Calls block; make them from one thread.
package final class VideoWriter: Sendable {
  package let destination: URL
  private let session: Mutex<WritingSession>

  /// - Throws: ``VideoError`` where the file can't be made, exists, or the encoder or container is unknown.
  package init(
    destination: URL, format: PictureFormat, options: VideoWriterOptions = VideoWriterOptions()
  ) throws(VideoError) {
    self.destination = destination
    let opened = try WritingSession(destination: destination, format: format, options: options)
    session = Mutex(opened)
  }

  /// What a person should know about the file so far, such as sound that had to be encoded anew.
  package var notes: [String] { session.withLock { $0.notes } }

  /// Throws what the initialiser would throw because of the encoder, its options or the container; makes no file.
  package static func check(
    destination: URL, format: PictureFormat, options: VideoWriterOptions
  ) throws(VideoError) {
    try WritingSession.check(destination: destination, format: format, options: options)
  }

  /// Adds a picture of the size and range given to the initialiser. Times must rise.
  package func write(_ picture: PlanarImage, time: MediaTime, duration: MediaTime? = nil) throws(VideoError) {
    try session.withLock { session throws(VideoError) in
      try session.write(picture, time: time, duration: duration)
    }
  }

  /// Completes the file and puts it into its place.
  ///
  /// - Parameter soundEnd: Sound from this time of the source on is left out; nil takes all that
  ///   ``VideoWriterOptions/sound`` asks for.
  package func finish(soundEnd: MediaTime? = nil) throws(VideoError) {
    try session.withLock { session throws(VideoError) in try session.finish(soundEnd: soundEnd) }
  }

  /// Gives up and leaves nothing behind.
  package func cancel() {
    session.withLock { $0.cancel() }
  }
}
