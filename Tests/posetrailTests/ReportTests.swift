private import Foundation
import Testing

/// What `track` tells programs.
@Suite struct `The report of a run` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    for name in ["a.mp4", "c.mp4"] { try place.makeVideo(name, times: .steady(6)) }
    try place.write("b.mp4", "no video")
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").filter { $0.hasPrefix("{") }.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `has a line for every video, failed ones too, and one at the end`() throws {
    let outcome = try place.run("track", "a.mp4", "b.mp4", "c.mp4", "-o", "out", "--whole-frame", "--json", "--quiet")
    #expect(outcome.status == 2, "\(outcome.messages)")
    let lines = try objects(outcome.output)
    #expect(lines.map { $0["event"] as? String } == ["video", "video", "video", "end"])
    #expect(lines.map { $0["video"] as? String } == ["a.mp4", "b.mp4", "c.mp4", nil])
    #expect(lines.map { $0["state"] as? String } == ["done", "unusable", "done", nil])
    #expect(lines.map { $0["exit_status"] as? Int } == [0, 2, 0, 2])
    #expect(lines[0]["frames"] as? Int == 6 && lines[0]["poses_file"] as? String == "out/a.posetrack.json")
    #expect((lines[1]["reason"] as? String)?.contains("b.mp4") == true && lines[1]["poses_file"] == nil)
    #expect((lines[3]["states"] as? [String: Int])?["done"] == 2 && lines[3]["frames"] as? Int == 12)
  }

  @Test func `names every video where none could be begun`() throws {
    let outcome = try place.run("track", "a.mp4", "c.mp4", "-o", "out", "--model", "missing.onnx", "--json")
    #expect(outcome.status == 2)
    let lines = try objects(outcome.output)
    #expect(lines.map { $0["state"] as? String } == ["not_begun", "not_begun", nil])
    #expect(lines.allSatisfy { ($0["reason"] as? String)?.contains("missing.onnx") == true })
  }

  @Test func `comes with progress as JSON Lines where that is asked for`() throws {
    let outcome = try place.run("track", "a.mp4", "c.mp4", "-o", "out", "--whole-frame", "--progress", "json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let lines = try objects(outcome.messages)
    #expect(lines.allSatisfy { $0["event"] as? String == "progress" && $0["of"] as? Int == 2 })
    #expect(Set(lines.compactMap { $0["number"] as? Int }) == [1, 2])
    #expect(lines.last?["frames"] as? Int == 6 && lines.last?["video"] as? String == "c.mp4")
  }
}
