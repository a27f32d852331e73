private import Foundation
private import TestSupport
import Testing

@Test func `published models are listed`() throws {
  let place = try Workplace()
  let outcome = try place.run("models", "list", "--data-set", "mpii-trb")
  #expect(outcome.status == 0)
  let lines = outcome.output.split(separator: "\n")
  #expect(lines.count == 3)
  #expect(lines.first?.hasPrefix("res50_mpii_trb_256x256") == true)
  let json = try place.run("models", "list", "--json").output
  let models = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
  #expect(models?.count ?? 0 > 180)
  #expect(models?.first?["sha256_prefix"] as? String == "ec54d7f3")
}

@Test func `a model is shown and a mistyped one is suggested`() throws {
  let place = try Workplace()
  let outcome = try place.run("models", "info", "hrnet_w32_coco_256x192_dark")
  #expect(outcome.status == 0)
  #expect(outcome.output.contains("heatmap_dark"))
  #expect(outcome.output.contains("AP 0.757"))
  let wrong = try place.run("models", "info", "hrnet_w32_coco_256x192_drak")
  #expect(wrong.status == 2)
  #expect(wrong.messages.contains("did you mean"))
}

@Test func `a wrong download is thrown away`() throws {
  let place = try Workplace()
  let server = try FileServer(Data("not a checkpoint".utf8))
  defer { server.stop() }
  let outcome = try place.run(
    "models", "get", "res50_coco_256x192", "--mirror", server.address, "--directory", "models", "--quiet")
  #expect(outcome.status == 1)
  #expect(outcome.messages.contains("thrown away"))
  #expect(outcome.messages.contains("instead of ec54d7f3"))
  #expect(try place.contents("models").isEmpty)
}

@Test func `a download leaves nothing beside the models`() throws {
  let place = try Workplace()
  let server = try FileServer(Data(), .init { $0.status = 404 })
  defer { server.stop() }
  let outcome = try Posetrail.start(
    ["models", "get", "res50_coco_256x192", "--mirror", server.address, "--quiet"],
    in: place.folder, environment: ["HOME": place.folder.path, "XDG_DATA_HOME": ""]
  ).wait()
  #expect(outcome.status == 1)
  #expect(try place.contents(".cache") == ["posetrail"])
  #expect(try place.contents(".cache/posetrail/models").isEmpty)
  #expect(try place.contents(".") == [".cache"])
}

@Test func `downloads go through the proxy of the environment`() throws {
  let place = try Workplace()
  let proxy = try FileServer(Data(), .init { $0.status = 403 })
  defer { proxy.stop() }
  let run = try Posetrail.start(
    ["models", "get", "res50_coco_256x192", "--mirror", "https://mirror.invalid/copies", "--quiet"],
    in: place.folder, environment: ["https_proxy": proxy.address, "no_proxy": ""])
  let deadline = ContinuousClock.now + .seconds(30)
  while proxy.requests.isEmpty, run.process.isRunning, ContinuousClock.now < deadline { usleep(10_000) }
  run.process.terminate()
  _ = try run.wait()
  #expect(proxy.requests.first?.hasPrefix("CONNECT mirror.invalid:443 ") == true)
}

@Test func `a mirror without https is refused`() throws {
  let place = try Workplace()
  let outcome = try place.run("models", "get", "res50_coco_256x192", "--mirror", "http://mirror.invalid/copies")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("https://"))
}

@Test func `a network that gives no numbers fails, with its name`() throws {
  // The root of -1 as every value of 17 heatmaps.
  let network = """
    CAg6kQIKNAoBeBIBbSIKUmVkdWNlTWVhbioPCgRheGVzQAFAAkADoAEHKg8KCGtlZXBkaW1zGAGgAQIKEQoBbQoEemVybxIBYSIDTXVsChAKAWEKA29u\
    ZRIBYiIDU3ViCgwKAWISAWMiBFNxcnQKFQoBYwoFc2hhcGUSAXkiBkV4cGFuZBIBZyoQCAEQAUIEemVyb0oEAAAAACoPCAEQAUIDb25lSgQAAIA/Ki0I\
    BBAHQgVzaGFwZUogAQAAAAAAAAARAAAAAAAAAEAAAAAAAAAAMAAAAAAAAABaHQoBeBIYChYIARISCgIIAQoCCAMKAwiAAgoDCMABYhsKAXkSFgoUCAES\
    EAoCCAEKAggRCgIIQAoCCDBCBAoAEA0=
    """
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(2))
  try #require(Data(base64Encoded: network)).write(to: place.url("nan.onnx"))
  let outcome = try place.run("track", "clip.mp4", "-o", "out", "--whole-frame", "--model", "nan.onnx")
  #expect(outcome.status == 1, "\(outcome.messages)")
  #expect(outcome.messages.contains("nan.onnx: its output holds values that are no numbers"))
  #expect(!place.has("out/clip.posetrack.json"))
}

@Test func `tracking without the checkpoint says how to get it`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(2))
  let outcome = try place.run("track", "clip.mp4", "-o", ".", "--whole-frame", "--model", "res50_coco_256x192")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("posetrail models get res50_coco_256x192"))
}

@Test func `a checkpoint with a description tracks`() throws {
  let file = try SharedFiles.file("reference/networks/sb_res50_crowdpose_128x96/checkpoint.pth")
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(2))
  try place.write(
    "pose.json",
    """
    {"kind": "pose", "input_size": [96, 128], "keypoint_set": "crowdpose14", "codec": {"type": "heatmap"},
     "architecture": {"backbone": {"type": "resnet", "depth": 50, "base_channels": 3, "stem_channels": 8},
                      "head": {"type": "heatmap", "deconv_channels": [16, 16, 16]}},
     "checkpoint": "\(file.path)"}
    """)
  let outcome = try place.run("track", "clip.mp4", "-o", ".", "--whole-frame", "--model", "pose.json")
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(place.has("clip.posetrack.json"))
}

@Test func `checkpoints are verified`() throws {
  let place = try Workplace()
  try place.write("broken.pth", "PK")
  let broken = try place.run("models", "verify", "broken.pth")
  #expect(broken.status == 2)
  #expect(broken.messages.contains("broken.pth"))
  let file = try SharedFiles.file("reference/networks/sb_res50_crowdpose_128x96/checkpoint.pth")
  let shrunken = try place.run("models", "verify", file.path)
  #expect(shrunken.status == 2)
  #expect(shrunken.output.contains("338 tensors"))
  #expect(shrunken.messages.contains("no published network"))
}
