private import CFFmpeg
public import Foundation

/// SHA-256 of files, to tell a source or a model from others of its name.
public enum FileDigest {
  /// The digest in hexadecimal. Of a folder: that of the names and contents of its images, in the order they are read.
  public static func sha256(of url: URL) throws -> String {
    var digest = Digest()
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      for image in try ImageFolder.images(url) {
        digest.update(Data(image.lastPathComponent.utf8))
        try digest.update(contentsOf: image)
      }
    } else {
      try digest.update(contentsOf: url)
    }
    return digest.finish()
  }

  public static func sha256(of data: Data) -> String {
    var digest = Digest()
    digest.update(data)
    return digest.finish()
  }
}

/// Owns libavutil's hash state.
private struct Digest: ~Copyable {
  private let state = av_sha_alloc()

  init() {
    av_sha_init(state, 256)
  }

  deinit {
    av_free(UnsafeMutableRawPointer(state))
  }

  mutating func update(_ data: Data) {
    data.withUnsafeBytes { bytes in
      av_sha_update(state, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
  }

  mutating func update(contentsOf file: URL) throws {
    guard let handle = FileHandle(forReadingAtPath: file.path) else {
      throw VideoError(.unreadable, file: file, "cannot be read; check the rights of the file")
    }
    defer { try? handle.close() }
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      update(chunk)
    }
  }

  consuming func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    av_sha_final(state, &bytes)
    return bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
