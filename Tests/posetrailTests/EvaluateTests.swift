private import Evaluation
private import Foundation
private import TestSupport
import Testing

/// `posetrail evaluate` with what it writes, and with what can't be evaluated.
@Suite struct `Evaluating files` {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func evaluate(_ measure: String, _ truth: String, _ found: String, _ options: String...) throws
    -> Posetrail.Outcome
  {
    try Posetrail.run(
      ["evaluate", measure, "--ground-truth", truth, "--predictions", found] + options, in: place.folder)
  }

  private static func annotation(_ id: Int, image: Int = 1, keypoints: Int = 17, category: Int = 1) -> String {
    let numbers = (0..<keypoints).map { "\($0 * 4 + 10),\($0 * 3 + 10),2" }.joined(separator: ",")
    return
      "{\"id\":\(id),\"image_id\":\(image),\"category_id\":\(category),\"bbox\":[8,8,70,60],\"area\":4000,\"iscrowd\":0,"
      + "\"num_keypoints\":\(keypoints),\"keypoints\":[\(numbers)]}"
  }

  private static func truth(_ annotations: String, images: String = "{\"id\":1,\"file_name\":\"1.jpg\"}") -> String {
    "{\"images\":[\(images)],\"categories\":[{\"id\":1,\"name\":\"person\"}],\"annotations\":[\(annotations)]}"
  }

  private static func result(image: Int = 1, keypoints: Int = 17, score: String = "0.9", category: Int = 1) -> String {
    let numbers = (0..<keypoints).map { "\($0 * 4 + 10),\($0 * 3 + 10),1" }.joined(separator: ",")
    return "{\"image_id\":\(image),\"category_id\":\(category),\"score\":\(score),\"keypoints\":[\(numbers)]}"
  }

  @Test func `figures a file and a picture are written, and a byte-order mark is no harm`() throws {
    try place.write("gt.json", "\u{FEFF}" + Self.truth(Self.annotation(1)))
    try place.write("found.json", "\u{FEFF}[\(Self.result())]")
    let outcome = try evaluate("coco", "gt.json", "found.json", "--json", "figures.json", "--plot", "curve.svg")
    #expect(outcome.status == 0 && outcome.output.contains("AP               1.0000"), "\(outcome)")
    // Nobody of that size is there.
    #expect(outcome.output.contains("APl              none"), "\(outcome.output)")
    let picture = try String(contentsOf: place.url("curve.svg"), encoding: .utf8)
    #expect(picture.hasPrefix("<svg") && picture.contains("recall"))
    #expect(try evaluate("coco", "gt.json", "found.json", "--plot", "curve.svg").status == 2)
  }

  @Test func `videos are listed where that is wanted`() throws {
    let row = "1,1,0,0,10,10,1\n2,1,0,0,10,10,1\n"
    for folder in ["gt", "found"] {
      try FileManager.default.createDirectory(at: place.url(folder), withIntermediateDirectories: true)
      for video in ["walk", "street"] { try place.write("\(folder)/\(video).txt", row) }
    }
    let outcome = try evaluate(
      "mot", "gt", "found", "--per-video", "--json", "figures.json", "--plot", "tracks.svg")
    #expect(outcome.status == 0 && outcome.output.contains("street  1.0000"), "\(outcome)")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("figures.json"))) as? [String: Any]
    #expect((json?["videos"] as? [String: [String: Any]])?["walk"]?["HOTA"] as? Double == 1)
    #expect(try String(contentsOf: place.url("tracks.svg"), encoding: .utf8).contains("street"))
    let wrong = try evaluate("coco", "gt", "found", "--per-video")
    #expect(wrong.status == 2 && wrong.messages.contains("knows no videos"))
    #expect(try evaluate("mpii", "gt", "found", "--plot", "a.svg").messages.contains("nothing can be drawn"))
    #expect(try evaluate("mot", "gt", "found", "--plot", "a.png").messages.contains(".svg"))
  }

  @Test func `what estimate and track write is evaluated`() throws {
    try place.makeVideo("frames.mp4", times: .steady(2))
    try place.write("boxes.txt", "1,-1,5,5,30,50,0.9\n2,-1,5,5,30,50,0.9\n")
    let estimated = try place.run("estimate", "frames.mp4", "-o", "out", "--boxes", "boxes.txt")
    #expect(estimated.status == 0, "\(estimated.messages)")
    try place.write("gt.json", Self.truth(Self.annotation(1, image: 0), images: "{\"id\":0},{\"id\":1}"))
    let outcome = try evaluate("coco", "gt.json", "out/frames.poses.json")
    #expect(outcome.status == 0 && outcome.output.contains("AP "), "\(outcome)")
  }

  @Test func `all labelled people are tracked where that is asked for`() throws {
    try place.makeVideo("clip.mp4", times: .steady(3))
    let rows = (1...3).map { "\($0),1,5,5,30,50,1\n\($0),2,6,5,30,50,1\n" }.joined()
    try place.write("boxes.txt", rows)
    let options = ["--boxes", "boxes.txt", "--no-overlay"]
    let some = try Posetrail.run(["track", "clip.mp4", "-o", "some"] + options, in: place.folder)
    let all = try Posetrail.run(["track", "clip.mp4", "-o", "all", "--keep-all"] + options, in: place.folder)
    #expect(some.status == 0 && !some.messages.contains("6 poses"), "\(some.messages)")
    #expect(all.status == 0 && all.messages.contains("3 frames, 6 poses, 2 people"), "\(all.messages)")
  }

  @Test(arguments: [
    ("crowdpose", Self.truth(Self.annotation(1)), "[\(Self.result())]", "has 17 keypoints, not 14"),
    ("coco", Self.truth(Self.annotation(1)), "[\(Self.result(keypoints: 14))]", "has 14 keypoints, not 17 or 133"),
    ("coco-wholebody", Self.truth(Self.annotation(1)), "[\(Self.result())]", "keypoints, not 133"),
    ("coco", Self.truth(Self.annotation(1)), "[\(Self.result(image: 5))]", "the ground truth has no image 5"),
    (
      "coco", Self.truth(Self.annotation(1), images: "{\"id\":1},{\"id\":1}"), "[\(Self.result())]",
      "image 1 is there twice"
    ),
    ("coco", Self.truth(Self.annotation(1)), "[\(Self.result(score: "NaN"))]", "NaN where a number belongs"),
    ("coco", Self.truth(Self.annotation(1)), "[{\"image_id\": 1,\n \"score\": }]", "line 2, column"),
    ("coco", "{\"images\": [\n{\"id\": 1}\n", "[]", "line "),
    ("coco", "{\"images\": []}", "[]", "\"annotations\""),
    ("mot", "1,1,0,0,9,9,1\n1,1,20,0,9,9,1\n", "", "id 1 is there twice in the ground truth"),
    ("mot", "1,1,0,0,9,9,1\n", "1,4,0,0,9,9,1\n1,4,20,0,9,9,1\n", "id 4 is there twice in the predictions"),
    ("posetrack18", Self.truth(""), "[\(Self.result())]", "\"{\" was expected"),
    ("mpii", "[]", "[]", "an object with"),
    ("mpii-trb", "{\"annotations\":[{\"id\":1,\"keypoints\":[1,2,3]}]}", "[]", "3 numbers where 120 belong"),
  ])
  func `what can't be evaluated is refused with the place and the reason`(
    measure: String, truth: String, found: String, reason: String
  ) throws {
    try place.write("gt.x", truth)
    try place.write("found.x", found)
    let outcome = try evaluate(measure, "gt.x", "found.x")
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.messages.contains(reason), "\(outcome.messages)")
    #expect(outcome.messages.contains("gt.x") || outcome.messages.contains("found.x"), "\(outcome.messages)")
  }

  /// As by pycocotools, which marks who matched nobody by the same number.
  @Test func `who is annotated by the id 0 can't be found`() throws {
    try place.write("gt.json", Self.truth(Self.annotation(0)))
    try place.write("found.json", "[\(Self.result())]")
    let outcome = try evaluate("coco", "gt.json", "found.json")
    #expect(outcome.status == 0 && outcome.output.contains("AP               0.0000"), "\(outcome)")
    #expect(outcome.output.contains("AR               0.0000"), "\(outcome)")
  }

  @Test func `predictions of others than people do not count`() throws {
    try place.write("gt.json", Self.truth(Self.annotation(1) + "," + Self.annotation(2, category: 7)))
    try place.write("found.json", "[\(Self.result()),\(Self.result(score: "0.99", category: 7))]")
    let outcome = try evaluate("coco", "gt.json", "found.json")
    #expect(outcome.status == 0 && outcome.output.contains("AP               1.0000"), "\(outcome)")
  }

  /// Read piece by piece: of a person only the verdicts stay in memory.
  @Test func `a hundred thousand people with keypoints take little memory`() throws {
    func list(_ images: Int, repeats: Int = 1, _ person: String) -> String {
      (1...images).map { image in
        let row = person.replacingOccurrences(of: "\"image_id\":1,", with: "\"image_id\":\(image),")
        return Array(repeating: row, count: repeats).joined(separator: ",")
      }.joined(separator: ",")
    }
    func peak(_ images: Int) throws -> Int {
      let numbers = (1...images).map { "{\"id\":\($0)}" }.joined(separator: ",")
      try place.write("gt.json", Self.truth(list(images, Self.annotation(1)), images: numbers))
      try place.write("found.json", "[\(list(images, repeats: 4, Self.result()))]")
      let running = try Posetrail.start(
        ["evaluate", "coco", "--ground-truth", "gt.json", "--predictions", "found.json"], in: place.folder)
      var peak = 0
      while running.process.isRunning {
        peak = max(peak, running.peakMegabytes ?? 0)
        usleep(2000)
      }
      let outcome = try running.wait()
      #expect(outcome.status == 0 && outcome.output.contains("AR               1.0000"), "\(outcome)")
      return peak
    }
    let growth = try peak(25_000) - peak(2_500)
    #expect(growth < 30, "\(growth) MB more for a file of 40 MB")
  }
}
