internal import CFFmpeg
internal import Foundation

/// A file that is written beside its place under another name and renamed when it is whole.
final class PartialFile {
  let destination: URL
  let url: URL
  private let overwrites: Bool
  private var isPending = true

  init(for destination: URL, overwrites: Bool) throws(VideoError) {
    self.destination = destination
    self.overwrites = overwrites
    let folder = destination.absoluteURL.deletingLastPathComponent()
    // Names may have 255 bytes.
    let stem = String(decoding: destination.lastPathComponent.utf8.prefix(200), as: UTF8.self)
    url = folder.appending(path: ".\(stem).partial-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    try Self.checkFree(destination, overwrites)
    let descriptor = open(url.path(percentEncoded: false), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let error = FFmpegError(code: -errno)
      if error.code == ffmpeg_error_no_file() {
        throw VideoError(.unwritable, file: destination, "its folder does not exist; create it first")
      }
      if error.code == ffmpeg_error_no_space() { throw error.videoError(.noSpace, file: destination, "") }
      throw VideoError(
        .unwritable, file: destination, "no file can be made in its folder; choose another folder", cause: error.text)
    }
    close(descriptor)
  }

  deinit { discard() }

  /// Puts the whole file into its place.
  func commit() throws(VideoError) {
    try Self.checkFree(destination, overwrites)
    guard rename(url.path(percentEncoded: false), destination.path(percentEncoded: false)) == 0 else {
      let error = FFmpegError(code: -errno)
      discard()
      throw error.videoError(.unwritable, file: destination, "can't be put into its place; choose another folder")
    }
    isPending = false
  }

  func discard() {
    guard isPending else { return }
    isPending = false
    unlink(url.path(percentEncoded: false))
  }

  private static func checkFree(_ destination: URL, _ overwrites: Bool) throws(VideoError) {
    guard destination.isFileURL else {
      throw VideoError(.unsupportedAddress, file: destination, "only files are written; give a path")
    }
    var status = stat()
    guard stat(destination.path(percentEncoded: false), &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw VideoError(.unwritable, file: destination, "there is a directory of this name; choose another name")
    }
    if !overwrites {
      throw VideoError(.exists, file: destination, "exists already; allow it to be replaced or choose another name")
    }
  }
}
