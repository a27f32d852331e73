internal import CFFmpeg
internal import Foundation

/// A path that was found to be a non-empty regular file, or a directory.
struct SourceFile {
  let url: URL
  let isDirectory: Bool

  init(_ url: URL) throws(VideoError) {
    guard url.isFileURL else {
      throw VideoError(
        .unsupportedAddress, file: url, "only files are read, no network addresses; download it first")
    }
    let path = url.path(percentEncoded: false)
    guard !path.utf8.contains(0) else { throw VideoError(.missing, file: url, "a name can't hold a zero byte") }
    var status = stat()
    guard stat(path, &status) == 0 else {
      if let elsewhere = Self.elsewhere(url) { throw VideoError(.unsupportedAddress, file: url, elsewhere) }
      throw FFmpegError(code: -errno).videoError(.unreadable, file: url, "can't be looked up; check the name")
    }
    self.url = url
    switch status.st_mode & S_IFMT {
    case S_IFDIR: isDirectory = true
    case S_IFREG: isDirectory = false
    case S_IFIFO, S_IFSOCK:
      throw VideoError(
        .notAFile, file: url, "a pipe, and a video is read more than once; write it to a file first and give that")
    default:
      throw VideoError(
        .notAFile, file: url,
        "a device, not a file; record from it first, for example with ffmpeg -i \(path) clip.mkv, and give that")
    }
    guard access(path, R_OK) == 0 else {
      throw VideoError(.unreadable, file: url, "may not be read; check the access rights (chmod +r)")
    }
    if !isDirectory && status.st_size == 0 {
      throw VideoError(.empty, file: url, "the file is empty; copy or record it again")
    }
  }

  /// What to do about a name of something that is no file; nil where it may well be one.
  private static func elsewhere(_ url: URL) -> String? {
    let name = url.relativePath
    if name == "-" {
      return "standard input is not read, since a video is read more than once; write it to a file first and give that"
    }
    let scheme = name.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    guard scheme.count > 1, name.dropFirst(scheme.count).hasPrefix(":/") else { return nil }
    return "an address, and only files are read; download or record it first, for example with "
      + "ffmpeg -i ADDRESS -c copy clip.mkv, and give that"
  }

  /// The first `count` bytes.
  func head(_ count: Int) -> [UInt8] {
    guard let handle = try? FileHandle(forReadingFrom: url), let data = try? handle.read(upToCount: count) else {
      return []
    }
    return [UInt8](data)
  }
}

extension URL {
  /// The name as FFmpeg must be given it, so that no colon, leading dash or percent sign in it means anything.
  var ffmpegName: String { "file:" + absoluteURL.path(percentEncoded: false) }
}
