private import Foundation
private import Interchange
private import TestSupport
import Testing
private import Video

/// What is given as a video, and a word that the message must have besides the file's name.
@Test(arguments: [
  ("missing.mp4", "no such file"), ("empty.mp4", "empty"), ("text.mp4", "video"), ("folder", "image"),
])
func `what is no video is named`(name: String, word: String) throws {
  let place = try Workplace()
  try place.write("empty.mp4", "")
  try place.write("text.mp4", String(repeating: "not a video at all\n", count: 100))
  try FileManager.default.createDirectory(at: place.url("folder"), withIntermediateDirectories: true)
  let outcome = try place.run("track", name, "-o", "out", "--whole-frame")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains(name) && outcome.messages.contains(word), "\(outcome.messages)")
  #expect(try place.contents("out").isEmpty)
}

@Test func `a video without its index is unusable`() throws {
  let place = try Workplace()
  // The index is in front; without its first half nothing can be found.
  let whole = try Data(contentsOf: try place.makeVideo("whole.mp4", times: .steady(50)))
  try whole.prefix(400).write(to: place.url("cut.mp4"))
  let outcome = try place.run("track", "cut.mp4", "-o", "out", "--whole-frame")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains("cut.mp4"))
}

@Test func `a video cut in the middle gives what can be decoded`() throws {
  let place = try Workplace()
  let whole = try Data(contentsOf: try place.makeVideo("whole.mp4", times: .steady(200)))
  try whole.prefix(whole.count * 3 / 4).write(to: place.url("cut.mp4"))
  let outcome = try place.run("track", "cut.mp4", "-o", "out", "--whole-frame")
  #expect(outcome.status == 3, "\(outcome.messages)")
  let times = try place.times("out/cut.overlay.mp4")
  #expect((1..<200).contains(times.count))
}

@Test func `existing results are not replaced unasked`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  try FileManager.default.createDirectory(at: place.url("out"), withIntermediateDirectories: true)
  try place.write("out/clip.posetrack.json", "mine")
  let refused = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame")
  #expect(refused.status == 2)
  #expect(refused.messages.contains("--force"))
  #expect(try String(contentsOf: place.url("out/clip.posetrack.json"), encoding: .utf8) == "mine")
  #expect(try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--force").status == 0)
}

@Test func `an output folder that is a file is named`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  try place.write("out", "a file")
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("out"))
}

/// A limit on the size of files stands for a disk that is full.
@Test func `a full disk is said and leaves no half file`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(40))
  let command = ["track", "clip.mp4", "-o", "out", "--whole-frame"]
  let outcome = try Posetrail.start(command, in: place.folder, largestFile: 1024).wait()
  #expect(outcome.status == 1, "\(outcome.messages)")
  #expect(outcome.messages.contains("clip."))
  #expect(try place.contents("out").allSatisfy { $0.hasSuffix(".journal") })
}

@Test func `a video that can't be written does not cost the poses`() throws {
  let place = try Workplace()
  var sample = SampleVideo(width: 320, height: 240, frames: 12)
  sample.colour = { frame, x, y in
    let noise = UInt8(truncatingIfNeeded: (frame &* 7919 &+ x &* 104_729 &+ y &* 1_299_709) >> 3)
    return (noise, 255 - noise, noise)
  }
  try sample.write(to: place.url("clip.mp4"))
  let command = ["track", "clip.mp4", "-o", "out", "--whole-frame", "--crf", "0"]
  let outcome = try Posetrail.start(command, in: place.folder, largestFile: 256 << 10).wait()
  #expect(outcome.status == 1, "\(outcome.messages)")
  #expect(outcome.messages.contains("clip.overlay.mp4"))
  #expect(!place.has("out/clip.overlay.mp4"))
  #expect(try Recording(poseTrack: place.url("out/clip.posetrack.json")).frames.count == 12)
  let again = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--crf", "0", "--resume")
  #expect(again.status == 0, "\(again.messages)")
  #expect(try place.times("out/clip.overlay.mp4").count == 12)
}

@Test(arguments: ["reference", "openblas"])
func `what fails before its first frame leaves nothing to resume`(backend: String) throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  let outcome = try place.run(
    "track", "clip.mp4", "-o", "out", "--whole-frame", "--backend", backend, "--precision", "bf16")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(!outcome.messages.contains("--resume"), "\(outcome.messages)")
  #expect(try place.contents("out").isEmpty)
}

/// Nobody can write there, not even root.
@Test func `a folder that cannot be written to is named`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  for (folder, word) in [("/proc", "clip.posetrack"), ("/proc/results", "/proc/results")] {
    let outcome = try place.run("track", "clip.mp4", "-o", folder, "--whole-frame")
    #expect(outcome.status == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains(word), "\(outcome.messages)")
  }
}

@Test(arguments: [
  ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nADDRESS/x.ts\n#EXT-X-ENDLIST\n"),
  ("list.ffconcat", "ffconcat version 1.0\nfile ADDRESS/x.mp4\n"),
  ("list.sdp", "v=0\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"),
])
func `playlists do not reach the network`(name: String, text: String) throws {
  let place = try Workplace()
  let server = try FileServer(Data("nothing".utf8))
  defer { server.stop() }
  try place.write(name, text.replacingOccurrences(of: "ADDRESS", with: server.address))
  let outcome = try place.run("track", name, "-o", "out", "--whole-frame")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains(name))
  #expect(server.requests.isEmpty)
}

@Test(arguments: ["http://127.0.0.1:9/clip.mp4", "concat:clip.mp4|clip.mp4", "subfile,,start,0,end,9,,:clip.mp4"])
func `addresses are names of files`(name: String) throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  let outcome = try place.run("track", name, "-o", "out", "--whole-frame")
  #expect(outcome.status == 2)
  let word = name.hasPrefix("http") ? "only files are read" : "no such file"
  #expect(outcome.messages.contains(word), "\(outcome.messages)")
}

@Test(arguments: [("--encoder", "nope"), ("--crf", "900"), ("--preset", "silly"), ("--encoder", "prores_ks")])
func `encoders that do not fit are refused before the work`(option: String, value: String) throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", option, value)
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains("clip.overlay.mp4"), "\(outcome.messages)")
  #expect(try place.contents("out").isEmpty)
}

@Test func `a part that holds no frames is refused`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--start", "60")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains("--start"), "\(outcome.messages)")
  #expect(try place.contents("out").isEmpty)
}

@Test(arguments: [
  ("[{\"image_id\": 900, \"category_id\": 1, \"bbox\": [1, 1, 5, 5], \"score\": 1}]", "900"),
  ("[{\"image_id\": 0, \"category_id\": 1, \"bbox\": [1, 1], \"score\": 1}]", "bbox"),
  ("[", "boxes.json"), ("", "boxes.json"), ("{\"a\": 1}", "boxes.json"),
])
func `boxes that do not fit are refused`(text: String, word: String) throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  try place.write("boxes.json", text)
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--boxes", "boxes.json")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains("boxes.json") && outcome.messages.contains(word), "\(outcome.messages)")
  #expect(try place.contents("out").isEmpty)
}

@Test(arguments: ["", "not a network", "\u{08}\u{07}\u{12}\u{04}test"])
func `a broken network is named`(bytes: String) throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  try place.write("net.onnx", bytes)
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--model", "net.onnx")
  #expect(outcome.status == 2, "\(outcome.messages)")
  #expect(outcome.messages.contains("net.onnx"))
}

@Test func `poses of another video are not drawn`() throws {
  let place = try Workplace()
  try place.makeVideo("small.mp4", times: .steady(4))
  try place.makeVideo("large.mp4", times: .steady(4), width: 128, height: 96)
  #expect(try place.run("track", "small.mp4", "-o", "out", "--whole-frame").status == 0)
  let outcome = try place.run("render", "large.mp4", "out/small.posetrack.json", "-o", "drawn.mp4")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("96×64"))
  #expect(!place.has("drawn.mp4"))
}

@Test func `poses of another file of the same size are drawn with a warning`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  try place.makeVideo("other.mp4", times: .steady(5))
  #expect(try place.run("track", "clip.mp4", "-o", "out", "--whole-frame").status == 0)
  for (video, isOther) in [("clip.mp4", false), ("other.mp4", true)] {
    let outcome = try place.run("render", video, "out/clip.posetrack.json", "-o", "drawn-\(video)")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("another file, clip.mp4") == isOther, "\(outcome.messages)")
  }
}
