private import Evaluation
internal import Foundation
private import Interchange
private import Pose
private import TestSupport
import Testing

/// The clip in `Samples/` with its ground truth, tracked by the embedded networks as `posetrail track` does unasked.
@Suite struct `The sample` {
  @Test func `the embedded networks find and keep the people of the sample`() throws {
    let place = try Workplace()
    let outcome = try place.run("track", Samples.clip.path, "-o", "out", "--no-overlay")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let recording = try Recording(poseTrack: place.url("out/crossing.posetrack.json"))
    try recording.write(to: place.url("results.json"), as: .coco)
    let results = try COCOResults(place.url("results.json"))
    let truth = try COCODataset(Samples.folder.appending(path: "crossing.coco.json"))

    let keypoints = try KeypointEvaluation.coco(truth, .results(results))
    var identities = IdentityEvaluation()
    for frame in try Self.identities(truth, results) { identities.add(frame) }
    #expect(try #require(keypoints["AP"]) >= 0.7, "\(keypoints.text)")
    #expect(try #require(identities.table["num_switches"]) == 0, "\(identities.table.text)")
  }

  @Test func `linking estimated poses gives what tracking gives`() throws {
    let place = try Workplace()
    let clip = Samples.clip.path
    let part = ["--start", "2", "--max-frames", "40"]
    for command in [["track", clip, "-o", "out", "--no-overlay"] + part, ["estimate", clip, "-o", "out"] + part] {
      let outcome = try Posetrail.run(command, in: place.folder)
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    let poses = try Recording(poseTrack: place.url("out/crossing.poses.json"))
    #expect(poses.frames.count == 40)
    #expect(poses.frames.allSatisfy { $0.people.allSatisfy { $0.trackID == nil } })
    #expect(poses.frames.contains { $0.people.contains { $0.pose.appearance?.torso != nil } })
    let linked = try place.run("link", "out/crossing.poses.json", "-o", "linked.json")
    #expect(linked.status == 0, "\(linked.messages)")
    #expect(
      try Data(contentsOf: place.url("linked.json")) == Data(contentsOf: place.url("out/crossing.posetrack.json")))
  }

  @Test func `a faster precision moves hardly any keypoint`() throws {
    let place = try Workplace()
    let clip = [Samples.clip.path, "--start", "2", "--max-frames", "20"]
    #expect(try Posetrail.run(["detect", "-o", "boxes.json"] + clip, in: place.folder).status == 0)
    let people = try ["f32", "bf16"].map { precision in
      let estimate = ["estimate", "--boxes", "boxes.json", "--precision", precision, "-o", precision]
      let outcome = try Posetrail.run(estimate + clip, in: place.folder)
      if precision == "bf16", outcome.status == 2, outcome.messages.contains("f32") {
        try Test.cancel("\(outcome.messages)")
      }
      #expect(outcome.status == 0, "\(outcome.messages)")
      return try Recording(poseTrack: place.url("\(precision)/crossing.poses.json")).frames.flatMap(\.people)
    }
    #expect(people[0].count == people[1].count)
    var distances: [Double] = []
    for (exact, fast) in zip(people[0], people[1]) {
      for (keypoint, other) in zip(exact.pose.keypoints, fast.pose.keypoints) {
        guard let keypoint, keypoint.score >= 0.3 else { continue }
        let found = try #require(other)
        distances.append(hypot(keypoint.point.x - found.point.x, keypoint.point.y - found.point.y))
      }
    }
    #expect(distances.count > 500)
    #expect(distances.count { $0 < 1 } * 100 >= 95 * distances.count)
  }

  /// Both files were projected from the same rig.
  @Test func `both ground truths of the sample agree`() throws {
    let coco = try COCODataset(Samples.folder.appending(path: "crossing.coco.json"))
    let frames = try Recording(poseTrack: Samples.folder.appending(path: "crossing.posetrack.json")).frames
    let labelled = try coco.allFrames
    #expect(frames.count == labelled.count)
    let elbow = try #require(Skeleton.coco17.index(of: "left_elbow"))
    let sameElbow = try #require(Skeleton.poseTrack18.index(of: "left_elbow"))
    var compared = 0
    for (image, annotations) in labelled {
      for annotation in annotations where annotation.labelledCount != 0 {
        let people = frames[image.id].people
        let person = try #require(people.first { $0.trackID == annotation.trackID })
        let label = annotation.keypoints[elbow]
        #expect((label.visibility > 0) == (person.pose.keypoints[sameElbow] != nil))
        guard let point = person.pose.keypoints[sameElbow]?.point else { continue }
        #expect(point == label.point)
        compared += 1
      }
    }
    #expect(compared > 2 * frames.count)
  }

  /// Everyone labelled and everyone found, frame by frame, by OKS.
  private static func identities(_ truth: COCODataset, _ results: COCOResults) throws -> [IdentityFrame] {
    let oks = OKS(.coco17)
    var found = try results.images()
    return try truth.allFrames.map { image, annotations in
      let people = annotations.filter { $0.labelledCount != 0 }
      let predictions = try found.results(of: image.id)
      return IdentityFrame(
        truths: people.compactMap(\.trackID), predictions: predictions.compactMap(\.trackID),
        pairs: people.enumerated().flatMap { truth, person in
          predictions.enumerated().map { place, prediction in
            .init(
              truth: truth, prediction: place,
              similarity: oks.coco(
                truth: person.keypoints.map { $0.visibility > 0 ? $0.point : nil },
                box: person.box ?? Box(x: 0, y: 0, width: 0, height: 0), area: person.area ?? 0,
                detection: prediction.keypoints.map(\.point)))
          }
        })
    }
  }
}
