internal import Foundation

/// Stands for a terminal.
final class PseudoTerminal {
  let device: FileHandle
  private let master: Int32
  private var isOpen = true

  struct Failure: Error {}

  init(columns: Int) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2): what unlockpt and ptsname do, which Swift's Glibc does not show.
    var (lock, number): (Int32, UInt32) = (0, 0)
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw Failure()
    }
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard slave >= 0 else { throw Failure() }
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    device = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
  }

  /// Closes it, as when its window is closed.
  func hangUp() {
    try? device.close()
    close(master)
    isOpen = false
  }

  deinit { if isOpen { close(master) } }

  /// Everything that is printed until the process has ended.
  func readUntilEnd(of process: Process) -> String {
    try? device.close()
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      // Fails once nobody has the device open any more.
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      text += buffer.prefix(count)
    }
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
