private import Files
import Foundation
import Pose
import TestSupport
import Testing
private import Timing

@testable import Interchange

@Suite struct `Round trips` {
  private static let formats = RecordingFormat.all.filter { $0.canBeRead && $0.canBeWritten }
  private static let size = PictureSize(width: 640, height: 480)

  /// Two people of which one is gone for a frame, and a frame without anybody, within the picture.
  private static func recording(_ skeleton: Skeleton, people: ClosedRange<Int> = 1...2) -> Recording {
    var frames = sampleFrames(5, people: 3, skeleton: skeleton)
    for frame in frames.indices {
      frames[frame].size = size
      frames[frame].people.removeAll { !people.contains($0.trackID ?? -1) || $0.trackID == 2 && frame == 1 }
      if frame == 3 { frames[frame].people = [] }
      for person in frames[frame].people.indices {
        let shift = Double(frames[frame].people[person].trackID ?? 0) * -280
        frames[frame].people[person].pose.box = Box(x: 10.5 - shift / 4, y: 20, width: 180.25, height: 320)
        frames[frame].people[person].pose.keypoints = frames[frame].people[person].pose.keypoints.map { keypoint in
          keypoint.map { Keypoint(Point(x: $0.point.x + shift, y: $0.point.y), score: $0.score) }
        }
        frames[frame].people[person].pose = frames[frame].people[person].pose.rounded()
      }
    }
    return Recording(header: RecordingHeader(name: "000042_mpii_test", skeleton: skeleton), frames: frames)
  }

  /// What is left of a frame in a format.
  private static func kept(_ frame: RecordedFrame, _ format: RecordingFormat) -> RecordedFrame {
    var frame = frame
    if format.lacks.contains(.times) { frame.time = nil }
    for index in frame.people.indices {
      var person = frame.people[index]
      person.pose.appearance = nil
      if format.lacks.contains(.identities) { person.trackID = nil }
      if format.lacks.contains(.personScores) { person.pose.score = 1 }
      if format.lacks.contains(.keypoints) { person.pose.keypoints = [] }
      if format.lacks.contains(.keypointScores) {
        person.pose.keypoints = person.pose.keypoints.map { $0.map { Keypoint($0.point, score: 1) } }
      }
      if format.lacks.contains(.boxes) {
        person.pose.box = Box(around: person.pose.keypoints.compactMap { $0?.point }) ?? person.pose.box
      }
      frame.people[index] = person
    }
    return frame
  }

  private static func differs(_ first: Double, _ second: Double) -> Bool { abs(first - second) > 0.002 }

  /// What differs between people, in words; joints that only one of the keypoint sets has don't count.
  private static func difference(
    _ read: RecordedFrame.Person, _ readSet: Skeleton, _ kept: RecordedFrame.Person, _ keptSet: Skeleton,
    _ format: RecordingFormat
  ) -> String? {
    if read.trackID != kept.trackID { return "track \(read.trackID ?? -1), not \(kept.trackID ?? -1)" }
    if differs(read.pose.score, kept.pose.score) { return "score \(read.pose.score), not \(kept.pose.score)" }
    let (one, two) = (read.pose.box, kept.pose.box)
    // Skeletons have no boxes in CVAT, and what has no keypoints is a box.
    let isDerived = format.lacks.contains(.boxes) || format.name == "cvat"
    if !isDerived,
      zip([one.x, one.y, one.width, one.height], [two.x, two.y, two.width, two.height]).contains(where: differs)
    {
      return "box \(one), not \(two)"
    }
    if kept.pose.keypoints.isEmpty { return read.pose.keypoints.isEmpty ? nil : "keypoints where none belong" }
    for (index, joint) in keptSet.joints.enumerated() {
      guard let place = readSet.index(of: joint.name) else { continue }
      let (one, two) = (read.pose.keypoints[place], kept.pose.keypoints[index])
      guard (one == nil) == (two == nil) else {
        return "\(joint.name): \(String(describing: one)), not \(String(describing: two))"
      }
      if let one, let two,
        differs(one.point.x, two.point.x) || differs(one.point.y, two.point.y) || differs(one.score, two.score)
      {
        return "\(joint.name): \(one), not \(two)"
      }
    }
    return nil
  }

  private func check(_ format: RecordingFormat, _ skeleton: Skeleton) throws {
    let recording = Self.recording(skeleton, people: format.people)
    try withFolder { folder in
      let url = folder.appending(path: "000042_mpii_test\(format.ending)")
      try recording.write(to: url, as: format)
      let isTold = format.lacksKeypointNames ? skeleton : nil
      let read = try Recording(url, as: format, skeleton: isTold, size: Self.size)
      let kept = recording.frames.filter { !format.lacks.contains(.framesWithoutPeople) || !$0.people.isEmpty }
        .map { Self.kept($0, format) }
      #expect(read.frames.map(\.index) == kept.map(\.index))
      for (read, kept) in zip(read.frames.map { $0 }, kept) where read.people.count == kept.people.count {
        #expect(abs((read.time?.seconds ?? -1) - (kept.time?.seconds ?? -1)) < 1e-5, "frame \(kept.index)")
      }
      for (frame, kept) in zip(read.frames, kept) {
        #expect(frame.people.count == kept.people.count, "frame \(kept.index)")
        for (one, two) in zip(frame.people, kept.people) {
          let difference = Self.difference(one, read.header.skeleton, two, skeleton, format)
          #expect(difference == nil, "frame \(kept.index)")
        }
      }
    }
  }

  @Test(arguments: formats.map(\.name))
  func `what a format has a place for comes back`(name: String) throws {
    try check(try #require(RecordingFormat.named(name)), .coco17)
  }

  @Test(arguments: formats.map(\.name))
  func `whole bodies come back`(name: String) throws {
    try check(try #require(RecordingFormat.named(name)), .wholeBody133)
  }

  @Test(arguments: formats.map(\.name))
  func `the content tells the format of a file or folder`(name: String) throws {
    let format = try #require(RecordingFormat.named(name))
    try withFolder { folder in
      let url = folder.appending(path: "000042_mpii_test\(format.ending)")
      try Self.recording(.coco17, people: format.people).write(to: url, as: format)
      let plain = folder.appending(path: format.isFolder ? "plain" : "plain.\(url.pathExtension)")
      try FileManager.default.moveItem(at: url, to: plain)
      let found =
        try InputFolder(plain).map { try RecordingFormat.reading($0) }
        ?? .reading(
          InputText(plain), named: plain.lastPathComponent)
      #expect(found.readsAlike == format.readsAlike, "\(found.name)")
    }
  }

  @Test(arguments: [RecordingFormat.poseTrack, .jsonLines].map(\.name))
  func `where shots begin comes back`(name: String) throws {
    let format = try #require(RecordingFormat.named(name))
    var recording = Self.recording(.coco17)
    for (frame, begins) in [true, false, true, nil, false].enumerated() { recording.frames[frame].beginsShot = begins }
    try withFolder { folder in
      let url = folder.appending(path: "000042_mpii_test\(format.ending)")
      try recording.write(to: url, as: format)
      #expect(try Recording(url, as: format).frames.map(\.beginsShot) == [true, false, true, nil, false])
    }
  }

  @Test func `nothing of an unfinished file is left`() throws {
    try withFolder { folder in
      for format in RecordingFormat.all where format.canBeWritten {
        let url = folder.appending(path: "000042_mpii_test\(format.ending)")
        let recording = Self.recording(.coco17, people: format.people)
        do {
          let writer = try format.write(
            .place(url, overwrites: false), recording.header, .init(hasPeople: true, hasKeypoints: true),
            WritingOptions(metresPerPixel: 1))
          try writer.append(recording.frames[0])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [], "\(format.name)")
      }
    }
  }
}

extension RecordingFormat {
  /// Which of the sample's people it can hold.
  fileprivate var people: ClosedRange<Int> { ["trc", "opensim-mot"].contains(name) ? 1...1 : 1...2 }

  /// Whether its keypoints must be told of by their set.
  fileprivate var lacksKeypointNames: Bool { ["coco", "alphapose", "yolo"].contains(name) }

  /// Formats that one reader reads, which does not tell them apart.
  fileprivate var readsAlike: String {
    switch name {
    case "openpose-coco": "openpose"
    case "posetrack21": "posetrack"
    default: name
    }
  }
}
