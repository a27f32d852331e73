private import Foundation
import Testing

@Test(arguments: [
  [], ["--help"], ["track", "--help"], ["detect", "--help"], ["link", "--help"], ["tracks", "--help"],
  ["render", "--help"],
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

@Test(arguments: [
  (["trak", "clip.mp4", "-o", "out"], "Did you mean `posetrail track`?"),
  (["convret", "a", "b"], "Did you mean `posetrail convert`?"),
  (["clip.mp4"], "To track the people in it: posetrail track clip.mp4 -o results"),
  (["help", "trak"], "Did you mean `posetrail track`?"),
  (["track", "clip.mp4", "-o", "out", "--treshold", "1"], "Did you mean --box-threshold or --keypoint-threshold?"),
  (["network", "bench", "x.onnx", "--bath", "2"], "Did you mean --batch?"),
])
func `a mistyped command line says what it may have meant`(arguments: [String], hint: String) throws {
  let place = try Workplace()
  try place.write("clip.mp4", "")
  let outcome = try Posetrail.run(arguments, in: place.folder)
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains(hint), "\(outcome.messages)")
}

@Test func `examples in the help survive 80 columns`() throws {
  let place = try Workplace()
  for command in [
    "track", "detect", "estimate", "link", "tracks", "render", "convert", "evaluate", "reproduce", "models", "network",
  ] {
    let help = try place.run("help", command).output
    for line in help.split(separator: "\n") where line.hasPrefix("  posetrail ") {
      #expect(line.count <= 80, "\(line)")
    }
    let examples = try #require(help.components(separatedBy: "EXAMPLE").last).prefix { $0 != "U" }
    #expect(!examples.contains("\n--"), "\(examples)")
  }
}

@Test(arguments: [("0:01:30", 2), ("1:75", 2), ("-3", 2), ("nan", 2), ("0:00:00.4", 0)])
func `times are written as people write them`(start: String, status: Int32) throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(25))
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--no-overlay", "--start", start)
  #expect(outcome.status == status, "\(outcome.messages)")
}
