private import Foundation
import Testing

@Suite struct `Standard streams` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(4))
  }

  /// Redirections of standard error that make every write to it fail.
  @Test(arguments: ["2>/dev/full", "2>&-", "2>&1 >/dev/null | true", "</dev/null >/dev/null 2>&- 1>&-"])
  func `standard error that can't be written fails no work`(redirection: String) throws {
    for (command, status) in [("track clip.mp4 -o out --whole-frame", "0\n"), ("fly", "2\n")] {
      let script = "{ \"$0\" \(command); echo $? >status; } \(redirection)"
      _ = try Posetrail.shell(script, in: place.folder)
      #expect(try String(contentsOf: place.url("status"), encoding: .utf8) == status)
    }
    #expect(try place.contents("out") == ["clip.overlay.mp4", "clip.posetrack.json"])
  }

  /// What is printed must not get into a file that was opened under the number of a closed stream.
  @Test func `closed streams lend their numbers to no file`() throws {
    let status = try Posetrail.shell(
      "\"$0\" detect clip.mp4 -o boxes.json <&- >&- 2>&-", in: place.folder
    ).status
    #expect(status == 0)
    let boxes = try Data(contentsOf: place.url("boxes.json"))
    #expect(try JSONSerialization.jsonObject(with: boxes) is [Any])
  }

  @Test(arguments: [
    "--version", "track --help", "models list", "models list --json",
    "track clip.mp4 -o out --whole-frame --json --quiet --force",
  ])
  func `standard output that can't be written is status one`(command: String) throws {
    for redirection in [">/dev/full", ">&-"] {
      let outcome = try Posetrail.shell("\"$0\" \(command) \(redirection)", in: place.folder)
      #expect(outcome.status == 1, "\(redirection): \(outcome.messages)")
      #expect(outcome.messages.contains("standard output: cannot be written: "), "\(outcome.messages)")
    }
  }

  @Test func `a terminal that goes away fails no work`() throws {
    let terminal = try PseudoTerminal(columns: 80)
    let process = Process()
    process.executableURL = Posetrail.binary
    process.arguments = ["track", "clip.mp4", "-o", "out", "--whole-frame"]
    process.currentDirectoryURL = place.folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal.device
    try process.run()
    terminal.hangUp()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }

  /// Names from the command line and from files.
  @Test func `nothing in a name steers the terminal`() throws {
    let name = "a\u{1B}[31m\u{7}\u{202E}b.mp4"
    for arguments in [
      ["track", name, "-o", "out"], ["render", name, "x\u{9B}1m.json", "-o", "c.mp4"], ["fly\u{1B}[2J"],
    ] {
      let outcome = try Posetrail.run(arguments, in: place.folder)
      #expect(outcome.status == 2)
      #expect(outcome.messages.contains("\\u{1b}[") || outcome.messages.contains("\\u{9b}"), "\(outcome.messages)")
      #expect(outcome.messages.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
      #expect(!outcome.messages.contains("\u{202E}"))
    }
    try FileManager.default.copyItem(at: place.url("clip.mp4"), to: place.url(name))
    let outcome = try place.run("track", name, "-o", "out", "--whole-frame")
    #expect(outcome.status == 0)
    #expect(!outcome.messages.contains("\u{1B}"), "\(outcome.messages)")
  }

  @Test func `a name that is not UTF-8 is refused with the way out`() throws {
    let outcome = try Posetrail.shell("\"$0\" detect \"$(printf 'clip\\377.mp4')\" -o b.json", in: place.folder)
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("clip") && outcome.messages.contains("not UTF-8"), "\(outcome.messages)")
  }
}
