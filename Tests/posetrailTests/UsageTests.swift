private import Foundation
import Testing

@Test(arguments: [
  [], ["--help"], ["track", "--help"], ["detect", "--help"], ["link", "--help"], ["render", "--help"],
  ["estimate", "--help"], ["convert", "--help"], ["evaluate", "--help"], ["models", "--help"],
  ["models", "list", "--help"],
  ["models", "info", "--help"], ["models", "get", "--help"], ["models", "verify", "--help"], ["network", "--help"],
  ["network", "info", "--help"], ["network", "run", "--help"], ["network", "bench", "--help"],
])
func `help goes to standard output with examples`(arguments: [String]) throws {
  let place = try Workplace()
  let outcome = try Posetrail.run(arguments, in: place.folder)
  #expect(outcome.status == 0)
  #expect(outcome.output.contains("USAGE"))
  #expect(outcome.output.contains("  posetrail \(arguments.first.map { $0 == "--help" ? "track" : $0 } ?? "track")"))
  #expect(outcome.messages.isEmpty)
}

@Test(arguments: [
  ["fly"], ["track"], ["track", "clip.mp4"], ["track", "clip.mp4", "-o", "out", "--stride", "0"],
  ["track", "clip.mp4", "-o", "out", "--start", "5", "--end", "2"],
  ["track", "clip.mp4", "-o", "out", "--boxes", "b.json", "--whole-frame"],
  ["track", "clip.mp4", "-o", "out", "--color-by", "mood"],
])
func `bad usage is status two and says how`(arguments: [String]) throws {
  let place = try Workplace()
  let outcome = try Posetrail.run(arguments, in: place.folder)
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("Usage:"))
  #expect(outcome.output.isEmpty)
}

@Test(arguments: ["bash", "zsh", "fish"])
func `completion scripts are made`(shell: String) throws {
  let place = try Workplace()
  let outcome = try place.run("--generate-completion-script", shell)
  #expect(outcome.status == 0)
  #expect(outcome.output.contains("posetrail"))
}
