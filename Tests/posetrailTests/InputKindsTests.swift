private import Foundation
private import Imaging
private import Interchange
private import Pose
private import TestSupport
import Testing
private import Timing
private import Video

/// A form of video, and what becomes of its sound in an MP4.
struct VideoForm: Sendable, CustomTestStringConvertible {
  var name: String
  var encoder = "libx264"
  var options: [String: String] = ["preset": "ultrafast"]
  var pixelFormat = "yuv420p"
  var bFrames: Int32 = 0
  var sounds: [String]
  var isSoundCopied = true

  var testDescription: String { "\(name), \(encoder)" }
}

private let forms = [
  VideoForm(name: "clip.mkv", bFrames: 2, sounds: ["aac", "libopus"]),
  VideoForm(name: "clip.webm", encoder: "libvpx-vp9", options: ["deadline": "realtime"], sounds: ["libopus"]),
  VideoForm(name: "clip.mov", encoder: "prores_ks", options: [:], pixelFormat: "yuv422p10le", sounds: ["aac"]),
  VideoForm(name: "clip.avi", encoder: "mpeg4", options: [:], sounds: ["libmp3lame"]),
  VideoForm(
    name: "clip.avi", encoder: "mjpeg", options: [:], pixelFormat: "yuvj420p", sounds: ["pcm_s16le"],
    isSoundCopied: false),
]

@Test(arguments: forms)
func `videos of every form keep their times and sound`(form: VideoForm) throws {
  let place = try Workplace()
  var sample = SampleVideo(width: 96, height: 64, frames: 25)
  sample.encoder = form.encoder
  sample.encoderOptions = form.options
  sample.pixelFormat = form.pixelFormat
  sample.bFrames = form.bFrames
  sample.isFullRange = form.encoder == "mjpeg"
  sample.tones = form.sounds.map { SampleVideo.Tone(encoder: $0) }
  let clip = try sample.write(to: place.url(form.name))

  let outcome = try place.run("track", form.name, "-o", "out", "--whole-frame")
  #expect(outcome.status == 0, "\(outcome.messages)")
  let drawn = place.url("out/clip.overlay.mp4")
  let (times, expected) = (try place.times("out/clip.overlay.mp4"), try place.times(form.name))
  #expect(times.count == 25)
  #expect(zip(times, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  let (before, after) = (try SoundProbe(clip).streams, try SoundProbe(drawn).streams)
  #expect(after.count == before.count)
  #expect((after.map(\.bytes) == before.map(\.bytes)) == form.isSoundCopied)
  #expect(outcome.messages.contains("encoded anew") == !form.isSoundCopied, "\(outcome.messages)")
}

@Test(arguments: [("again.mkv", "libx264"), ("again.webm", "libvpx-vp9"), ("again.mov", "libx265")])
func `rendering goes into other containers too`(name: String, encoder: String) throws {
  let place = try Workplace()
  var sample = SampleVideo(width: 96, height: 64, frames: 12)
  sample.tones = [SampleVideo.Tone(encoder: "libopus")]
  try sample.write(to: place.url("clip.mkv"))
  #expect(try place.run("track", "clip.mkv", "-o", ".", "--whole-frame", "--no-overlay").status == 0)
  let outcome = try place.run("render", "clip.mkv", "clip.posetrack.json", "-o", name, "--encoder", encoder)
  #expect(outcome.status == 0, "\(outcome.messages)")
  let (times, expected) = (try place.times(name), try place.times("clip.mkv"))
  // Matroska has no times before zero, where Opus begins: everything is moved on by that.
  let shift = try #require(times.first) - #require(expected.first)
  #expect((0..<0.03).contains(shift))
  #expect(times.count == 12 && zip(times, expected).allSatisfy { abs($0 - $1 - shift) <= 0.001 })
  #expect(try SoundProbe(place.url(name)).streams.count == 1)
}

@Test func `a change of size in mid-stream loses nothing`() throws {
  let place = try Workplace()
  var data = Data()
  for (index, size) in [(96, 64), (48, 32), (64, 96)].enumerated() {
    var sample = SampleVideo(width: size.0, height: size.1, frames: 5)
    sample.encoder = "mjpeg"
    sample.encoderOptions = [:]
    sample.pixelFormat = "yuvj420p"
    sample.isFullRange = true
    data += try Data(contentsOf: sample.write(to: place.url("\(index).mjpeg")))
  }
  try data.write(to: place.url("all.mjpeg"))
  let outcome = try place.run("track", "all.mjpeg", "-o", "out", "--whole-frame")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(outcome.messages.contains("from frame 5 on the size changes from 96x64 to 48x32"))
  let recording = try Recording(poseTrack: place.url("out/all.posetrack.json"))
  #expect(recording.frames.count == 15)
  #expect(try place.times("out/all.overlay.mp4").count == 15)
  #expect(try VideoReader(source: place.url("out/all.overlay.mp4")).info.width == 96)
}

@Test func `a clock that begins anywhere begins at zero in the result`() throws {
  let place = try Workplace()
  var sample = SampleVideo(width: 96, height: 64, frames: 10)
  sample.times = (0..<10).map { 25_000 + $0 }
  try sample.write(to: place.url("clip.ts"))
  let outcome = try place.run("track", "clip.ts", "-o", ".", "--whole-frame")
  #expect(outcome.status == 0, "\(outcome.messages)")
  let times = try place.times("clip.overlay.mp4")
  let first = try #require(times.first)
  #expect(times.count == 10 && (0..<1).contains(first))
  let poses = try Recording(poseTrack: place.url("clip.posetrack.json"))
  #expect(try #require(poses.frames.first?.time).seconds >= 1000, "the poses keep the times of the source")
}

/// A frame of 8k is 50 MB as it is stored, and many of them are on their way at any time.
@Test func `video of 8k takes well under a gigabyte`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(16), width: 7680, height: 4320)
  let running = try Posetrail.start(["track", "clip.mp4", "-o", "out", "--whole-frame"], in: place.folder)
  var peak = 0
  while running.process.isRunning {
    peak = max(peak, running.peakMegabytes ?? 0)
    usleep(10_000)
  }
  #expect(try running.wait().status == 0)
  #expect((100..<950).contains(peak), "\(peak) MB")
}

@Test func `a folder of frames is tracked whatever else lies in it`() throws {
  let place = try Workplace()
  try FileManager.default.createDirectory(at: place.url("frames.v1/notes"), withIntermediateDirectories: true)
  for number in [2, 10, 1] {
    let image = Image(width: 64, height: 48, pixels: [UInt8](repeating: UInt8(number * 20), count: 64 * 48 * 3))
    try image.png().write(to: place.url("frames.v1/\(number).png"))
  }
  try place.write("frames.v1/readme.txt", "not an image")
  let command = ["track", "frames.v1", "-o", "frames.v1", "--whole-frame", "--frame-rate", "10"]
  let outcome = try Posetrail.run(command, in: place.folder)
  #expect(outcome.status == 0, "\(outcome.messages)")
  let recording = try Recording(poseTrack: place.url("frames.v1/frames.v1.posetrack.json"))
  #expect(recording.frames.map(\.name) == ["1.png", "2.png", "10.png"])
  #expect(recording.frames.compactMap { $0.time?.seconds } == [0, 0.1, 0.2])
  #expect(try place.times("frames.v1/frames.v1.overlay.mp4").count == 3)
}

@Test func `photos of several sizes are worked on in their own pixels`() throws {
  let photos = try SharedFiles.file("cases/photos/photos")
  let labels = try SharedFiles.file("cases/photos/labels.json")
  let place = try Workplace()
  let outcome = try place.run("track", photos.path, "-o", "out", "--boxes", labels.path)
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(outcome.messages.contains("the pictures have several sizes"))
  let frames = try Recording(poseTrack: place.url("out/photos.posetrack.json")).frames
  #expect(frames.map(\.size) == [(320, 180), (640, 360), (240, 360)].map { PictureSize(width: $0.0, height: $0.1) })
  #expect(frames.map(\.beginsShot) == [true, true, true] && frames.allSatisfy { $0.people.count == 1 })
  let nose = try #require(frames[1].people.first?.pose.keypoints.first??.point)
  #expect(abs(nose.x - 500) < 8 && abs(nose.y - 111) < 8, "\(nose)")

  #expect(try place.run("convert", "out/photos.posetrack.json", "out/photos.coco.json").status == 0)
  let results = try Recording(place.url("out/photos.coco.json"))
  #expect(results.frames.map(\.index) == [0, 1, 2] && results.frames.map(\.name) == frames.map(\.name))
  let text = try String(contentsOf: place.url("out/photos.coco.json"), encoding: .utf8)
  for number in 1...3 { #expect(text.contains("\"image_id\":\(number),\"frame\":\(number - 1)")) }
  let drawn = try place.run("render", photos.path, "out/photos.posetrack.json", "-o", "again.mp4")
  #expect(drawn.status == 0, "\(drawn.messages)")
  #expect(try Data(contentsOf: place.url("again.mp4")) == Data(contentsOf: place.url("out/photos.overlay.mp4")))
}

@Test func `one image gives one image, of the same colours`() throws {
  let place = try Workplace()
  let colour: [UInt8] = [200, 60, 30]
  try Image(width: 65, height: 49, pixels: (0..<65 * 49).flatMap { _ in colour }).png()
    .write(to: place.url("photo.png"))
  let outcome = try place.run("track", "photo.png", "-o", ".", "--whole-frame")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try Recording(poseTrack: place.url("photo.posetrack.json")).frames.count == 1)
  let reader = try VideoReader(source: place.url("photo.overlay.jpg"))
  #expect(reader.info.kind == .image && reader.info.width == 65 && reader.info.height == 49)
  let pixels = try #require(try reader.next()).picture.image.pixels
  #expect(zip(pixels, (0..<65 * 49).flatMap { _ in colour }).allSatisfy { abs(Int($0) - Int($1)) <= 4 })
  #expect(
    try place.run("track", "photo.png", "-o", ".", "--whole-frame", "--resume").messages.contains(
      "done already"))
  #expect(try place.run("render", "photo.png", "photo.posetrack.json", "-o", "again.jpg").status == 0)
  #expect(try Data(contentsOf: place.url("again.jpg")) == Data(contentsOf: place.url("photo.overlay.jpg")))
}

@Test func `a video does not go into an image`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(4))
  #expect(try place.run("track", "clip.mp4", "-o", ".", "--whole-frame", "--no-overlay").status == 0)
  let outcome = try place.run("render", "clip.mp4", "clip.posetrack.json", "-o", "clip.jpg")
  #expect(outcome.status == 2 && outcome.messages.contains("name it .mp4"), "\(outcome.messages)")
  #expect(!place.has("clip.jpg"))
}

@Test func `a stream is chosen by its index and frames are counted`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(20))
  let outcome = try place.run(
    "track", "clip.mp4", "-o", "out", "--whole-frame", "--stream", "0", "--max-frames", "7", "--stride", "2")
  #expect(outcome.status == 0, "\(outcome.messages)")
  let recording = try Recording(poseTrack: place.url("out/clip.posetrack.json"))
  #expect(recording.frames.map(\.index) == Array(stride(from: 0, to: 14, by: 2)))
  let wrong = try place.run("track", "clip.mp4", "-o", "other", "--whole-frame", "--stream", "3")
  #expect(wrong.status == 2)
  #expect(wrong.messages.contains("video streams are 0"))
}
