internal import Foundation

/// Why the system did not do what it was asked for.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A value of `errno`.
  public var code: Int32

  public init(_ code: Int32) { self.code = code }

  /// The reason in words that go behind a colon or in brackets.
  public var description: String {
    switch code {
    case ENOENT: "there is no such file or folder"
    case EACCES, EPERM: "permission denied"
    case EROFS: "the disk can only be read"
    case ENOSPC: "the disk is full"
    case EDQUOT: "no more of the disk may be used"
    case EFBIG: "the limit on the size of files is reached"
    case EEXIST: "it exists already"
    case EISDIR: "it is a folder"
    case ENOTDIR: "a part of the path is a file, not a folder"
    case ENOTEMPTY: "the folder is not empty"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "its symbolic links lead in a circle"
    case EIO: "the disk or terminal does not answer"
    case ENOMEM: "there is not enough memory"
    case EMFILE, ENFILE: "too many files are open"
    case EPIPE: "nobody reads it any more"
    case EBADF: "it is closed"
    case ESPIPE: "it is not a file, but a pipe or a device"
    default: String(cString: strerror(code)).lowercased()
    }
  }

  /// The reason that an error of the system or of Foundation has, in the same words.
  public static func reason(of error: any Error) -> String {
    if let error = error as? SystemError { return error.description }
    if let error = error as? POSIXError { return SystemError(error.code.rawValue).description }
    let general = error as NSError
    if general.domain == NSPOSIXErrorDomain { return SystemError(Int32(truncatingIfNeeded: general.code)).description }
    if let cause = general.userInfo[NSUnderlyingErrorKey] as? any Error { return reason(of: cause) }
    if general.domain == NSCocoaErrorDomain, let code = codes[CocoaError.Code(rawValue: general.code)] {
      return SystemError(code).description
    }
    return "the system says no more than \(general.domain) \(general.code)"
  }

  private static let codes: [CocoaError.Code: Int32] = [
    .fileNoSuchFile: ENOENT, .fileReadNoSuchFile: ENOENT, .fileReadNoPermission: EACCES, .fileWriteNoPermission: EACCES,
    .fileWriteOutOfSpace: ENOSPC, .fileWriteFileExists: EEXIST, .fileWriteVolumeReadOnly: EROFS,
  ]
}
