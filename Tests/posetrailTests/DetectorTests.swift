internal import Foundation
internal import TestSupport
import Testing

@Test(arguments: [
  ["--tiles", "3"], ["--tiles", "9x1"], ["--region", "1,2,3"], ["--region", "1,2,0,4"], ["--min-height", "0"],
])
func `options that say where people are looked for are checked`(options: [String]) throws {
  let place = try Workplace()
  let outcome = try Posetrail.run(["detect", "clip.mp4", "-o", "boxes.json"] + options, in: place.folder)
  #expect(outcome.status == 2 && outcome.messages.contains(options[0]), "\(outcome.messages)")
}

@Test func `what boxes are chosen by stands in the results and decides whether they are done`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(2))
  let command = ["track", "clip.mp4", "-o", "out", "--no-overlay", "--tiles", "2x1", "--region", "0,0,50,40"]
  #expect(try Posetrail.run(command, in: place.folder).status == 0)
  let results = try String(contentsOf: place.url("out/clip.posetrack.json"), encoding: .utf8)
  #expect(results.contains("\"tiles\""), "the grid is not in the provenance")
  #expect(try Posetrail.run(command + ["--resume"], in: place.folder).status == 0)
  let other = try Posetrail.run(command + ["--resume", "--min-height", "5"], in: place.folder)
  #expect(other.status == 2 && other.messages.contains("min-height"), "\(other.messages)")
}

@Test func `a published detector that is not here names the command that brings it`() throws {
  let place = try Workplace()
  try place.makeVideo("clip.mp4", times: .steady(2))
  let outcome = try place.run(
    "detect", "clip.mp4", "-o", "boxes.json", "--detector", "rtmdet_nano_8xb32-100e_coco-obj365-person")
  #expect(outcome.status == 2 && outcome.messages.contains("posetrail models get rtmdet_nano"), "\(outcome.messages)")
}
