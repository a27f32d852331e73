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
