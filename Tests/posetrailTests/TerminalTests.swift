private import Foundation
import Testing

@Test(arguments: [80, 40])
func `a terminal shows a bar that fits it`(columns: Int) throws {
  let place = try Workplace()
  let name = "a rather long name of a clip.mp4"
  try place.makeVideo(name, times: .steady(60))
  let terminal = try PseudoTerminal(columns: columns)
  let process = Process()
  process.executableURL = Posetrail.binary
  process.arguments = ["track", name, "-o", "out", "--whole-frame"]
  process.currentDirectoryURL = place.folder
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = FileHandle.nullDevice
  process.standardError = terminal.device
  try process.run()
  let text = terminal.readUntilEnd(of: process)
  #expect(process.terminationStatus == 0, "\(text)")
  let lines = text.split(separator: "\n").flatMap { $0.split(separator: "\r") }.map {
    $0.replacingOccurrences(of: "\u{1B}[K", with: "")
  }
  let progress = lines.filter { $0.contains("left") }
  #expect(!progress.isEmpty, "\(text)")
  #expect(progress.allSatisfy { $0.count < columns }, "\(progress)")
  #expect(progress.allSatisfy { $0.contains("█") || $0.contains("░") } == (columns == 80), "\(progress)")
  #expect(lines.contains { $0.contains("60 frames") && $0.contains("frames/s") }, "\(text)")
}

/// Stands for a terminal.
private final class PseudoTerminal {
  let device: FileHandle
  private let master: Int32

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

  deinit { close(master) }

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
