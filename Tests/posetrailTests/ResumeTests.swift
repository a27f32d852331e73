internal import Foundation
import Testing

/// `--resume` takes nothing for done, and goes on with nothing, that is not of this source and these options.
@Suite struct `Resuming` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.makeVideo("clip.mp4", times: .steady(12))
    #expect(try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--max-frames", "6").status == 0)
  }

  @Test func `a finished video is skipped`() throws {
    let outcome = try place.run(
      "track", "clip.mp4", "-o", "out", "--whole-frame", "--max-frames", "6", "--resume")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("done already"))
  }

  @Test func `another video of the same name is not done already`() throws {
    try FileManager.default.createDirectory(at: place.url("other"), withIntermediateDirectories: true)
    try place.makeVideo("other/clip.mp4", times: .steady(13))
    let outcome = try place.run(
      "track", "other/clip.mp4", "-o", "out", "--whole-frame", "--max-frames", "6", "--resume")
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("differs in the video file; replace it with --force"), "\(outcome.messages)")
  }

  @Test func `the same video with other options is not done already, and what differs is said`() throws {
    let before = try Data(contentsOf: place.url("out/clip.posetrack.json"))
    for (options, message) in [
      ([], "differs in max-frames (6 then, none now);"),
      (["--max-frames", "6", "--start", "0.1"], "differs in start (none then, 0.1 now);"),
      (["--max-frames", "6", "--max-gap", "3"], "differs in tracking.max-gap (2 then, 3 now);"),
      (["--max-frames", "6", "--blur-faces"], "differs in drawing.blur-faces (false then, true now);"),
      (["--max-frames", "6", "--crf", "30"], "differs in encoding.crf (none then, 30 now);"),
    ] {
      let outcome = try Posetrail.run(
        ["track", "clip.mp4", "-o", "out", "--whole-frame", "--resume"] + options, in: place.folder)
      #expect(outcome.status == 2)
      #expect(outcome.messages.contains(message), "\(outcome.messages)")
    }
    #expect(try Data(contentsOf: place.url("out/clip.posetrack.json")) == before)
  }

  @Test func `threads count only where results depend on them`() throws {
    let command = ["track", "clip.mp4", "-o", "threads", "--whole-frame", "--backend", "openblas"]
    #expect(try Posetrail.run(command + ["--threads", "2"], in: place.folder).status == 0)
    let again = try Posetrail.run(command + ["--threads", "1", "--resume"], in: place.folder)
    #expect(again.status == 0 && again.messages.contains("done already"), "\(again.messages)")
  }

  @Test func `results do not depend on how many processors there are`() throws {
    let clip = Samples.clip.path
    let options = "--max-frames 12 --backend openblas --quiet"
    for (folder, prefix, threads) in [("one", "taskset -c $(taskset -cp $$ | grep -oE '[0-9]+$') ", 1), ("all", "", 2)]
    {
      let outcome = try Posetrail.shell(
        "\(prefix)\"$0\" track '\(clip)' -o \(folder) --threads \(threads) \(options)", in: place.folder)
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    for file in ["crossing.posetrack.json", "crossing.overlay.mp4"] {
      #expect(try Data(contentsOf: place.url("one/\(file)")) == Data(contentsOf: place.url("all/\(file)")), "\(file)")
    }
  }

  @Test func `results that are cut short are not done`() throws {
    let file = place.url("out/clip.posetrack.json")
    try Data(contentsOf: file).dropLast(40).write(to: file)
    let outcome = try place.run(
      "track", "clip.mp4", "-o", "out", "--whole-frame", "--max-frames", "6", "--resume")
    #expect(outcome.status == 2)
    #expect(outcome.messages.contains("clip.posetrack.json"), "\(outcome.messages)")
  }

  @Test func `an edited description of the model is another model`() throws {
    let checkpoint = Samples.folder.deletingLastPathComponent()
      .appending(path: "Tests/ArchitecturesTests/Fixtures/upsampling_head.pth")
    func describe(padding: Double) throws {
      try place.write(
        "pose.json",
        """
        {"kind": "pose", "input_size": [64, 96], "keypoint_set": "crowdpose14", "codec": {"type": "heatmap"},
         "padding": \(padding), "checkpoint": "\(checkpoint.path)",
         "architecture": {
           "backbone": {"type": "resnet", "depth": 50, "base_channels": 2, "stem_channels": 4},
           "head": {"type": "heatmap", "deconv_channels": [], "upsampling": 4, "final_kernel": 3}}}
        """)
    }
    let command = ["track", "clip.mp4", "-o", "described", "--whole-frame", "--model", "pose.json"]
    try describe(padding: 1.25)
    let first = try Posetrail.run(command, in: place.folder)
    #expect(first.status == 0, "\(first.messages)")
    #expect(try Posetrail.run(command + ["--resume"], in: place.folder).status == 0)
    try describe(padding: 1.5)
    let second = try Posetrail.run(command + ["--resume"], in: place.folder)
    #expect(second.status == 2)
    #expect(second.messages.contains("differs in model.padding (1.25 then, 1.5 now);"), "\(second.messages)")
  }
}
