private import Foundation

/// Text for people goes to standard error; standard output is for data.
enum Terminal {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// The width of the terminal that standard error is.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
  }

  /// The message of our own errors, the system's words for others.
  static func describe(_ error: any Error) -> String {
    type(of: error) is NSError.Type ? error.localizedDescription : String(describing: error)
  }
}
