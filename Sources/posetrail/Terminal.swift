internal import Files
private import Foundation

/// Text for people goes to standard error, where it is lost without harm if nobody can read it; standard output is for data.
enum Terminal {
  /// Takes the numbers of standard streams that are closed, so that no file gets one of them and with it what is printed.
  /// To be called first of all.
  static func reserve() {
    for number in 0...2 where fcntl(Int32(number), F_GETFD) < 0 {
      _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Says something, on lines of their own. Names and values from files in it can't steer the terminal.
  static func say(_ text: String) {
    write(text.split(separator: "\n", omittingEmptySubsequences: false).map(escaped).joined(separator: "\n") + "\n")
  }

  /// Says what went wrong, on one line.
  static func report(_ error: any Error) {
    write("posetrail: \(escaped(describe(error)))\n")
  }

  /// Writes as it is, control sequences too.
  static func write(_ text: String) {
    try? send(text, to: STDERR_FILENO)
  }

  /// Prints data, and a line end, on standard output. Throws where it can't be written.
  static func print(data text: String) throws(FileError) {
    do {
      try send(text + "\n", to: STDOUT_FILENO)
    } catch {
      throw FileError(
        .unwritable, file: "standard output", problem: "cannot be written: \(error)", remedy: "check where it leads")
    }
  }

  /// Prints lines that people read on standard output. Throws where it can't be written.
  static func print(_ text: String) throws(FileError) {
    try print(data: text.split(separator: "\n", omittingEmptySubsequences: false).map(escaped).joined(separator: "\n"))
  }

  /// The width of the terminal that standard error is.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
  }

  /// The message of our own errors, the system's reason for others.
  static func describe(_ error: any Error) -> String {
    let isOfSystem = error is CocoaError || error is POSIXError || type(of: error) is NSError.Type
    return isOfSystem ? SystemError.reason(of: error) : String(describing: error)
  }

  /// The text with `\u{…}` for every character that moves the cursor, changes colours or turns the direction of writing.
  static func escaped(_ text: some StringProtocol) -> String {
    func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: !scalar.properties.isBidiControl
      }
    }
    guard !text.unicodeScalars.allSatisfy(isHarmless) else { return String(text) }
    return text.unicodeScalars.map { isHarmless($0) ? String($0) : "\\u{\(String($0.value, radix: 16))}" }.joined()
  }

  private static func send(_ text: String, to descriptor: Int32) throws(SystemError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      } else if errno != EINTR {
        throw SystemError(errno)
      }
    }
  }
}
