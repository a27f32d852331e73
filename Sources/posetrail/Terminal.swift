private import Foundation

/// Text for people goes to standard error; standard output is for data.
enum Terminal {
  static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// The message of our own errors, the system's words for others.
  static func describe(_ error: any Error) -> String {
    type(of: error) is NSError.Type ? error.localizedDescription : String(describing: error)
  }
}
