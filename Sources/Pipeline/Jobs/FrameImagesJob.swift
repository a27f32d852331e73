internal import Files
package import Foundation
package import Interchange
internal import Video

/// The frames of a video that poses are of, as JPEG files with the names that data sets give them.
package struct FrameImagesJob {
  private let source: URL
  private let poses: RecordingReader
  private let folder: URL

  /// - Parameter folder: The one that the names of the pictures are relative to.
  package init(_ source: URL, of poses: RecordingReader, into folder: URL) {
    (self.source, self.poses, self.folder) = (source, poses, folder)
  }

  /// Pictures that are there are replaced only with leave.
  ///
  /// - Returns: How many were written. Throws where the video lacks one.
  package func run(overwrites: Bool) throws -> Int {
    let reader = try VideoReader(source: source, options: VideoReaderOptions().forDrawing)
    var options = VideoWriterOptions()
    options.overwrites = overwrites
    var frames = try poses.frames()
    var (wanted, written) = (0, 0)
    let next = { () throws -> RecordedFrame? in
      guard let frame = try frames.next() else { return nil }
      guard frame.name == nil else {
        throw PipelineError(.unusable, "--with-images: the poses are of pictures that are files already")
      }
      wanted += 1
      return frame
    }
    try KnownResults(reader: reader).join(next, clock: StageClock()) { result in
      guard let picture = result.frame.planar else { return }
      let name = poses.header.pictureName(RecordedFrame(index: result.frame.index, time: nil, people: result.people))
      let destination = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: destination.deletingLastPathComponent(), withIntermediateDirectories: true)
      let writer = try VideoWriter(destination: destination, format: reader.info.format, options: options)
      try writer.write(picture, time: result.frame.time)
      try writer.finish()
      written += 1
    }
    while try next() != nil {}
    guard written == wanted else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): has \(written) of the \(wanted) frames that the poses are of; name the video they were made "
          + "from")
    }
    return written
  }
}
