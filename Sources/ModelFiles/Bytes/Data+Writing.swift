internal import Foundation

extension Data {
  /// Writes beside the file and renames, so that it appears whole or not at all.
  func writeWhole(to url: URL) throws {
    do {
      try write(to: url, options: .atomic)
    } catch let error as CocoaError {
      let reason = (error.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
      throw ModelFileError(
        .unreadable, "\(url.path(percentEncoded: false)): cannot be written: \(reason ?? error.localizedDescription)")
    }
  }
}
