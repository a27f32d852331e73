private import Files
import Foundation
import Pose
import TestSupport
import Testing

@testable import Interchange

/// Reads texts as files of those names: one file, or a folder of several.
private func read(
  _ files: [String: String], skeleton: Skeleton? = nil, size: PictureSize? = nil
) throws -> Recording {
  try withFolder { folder in
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let url = files.count == 1 ? files.keys.first.map { folder.appending(path: $0) } : folder
    return try Recording(try #require(url), skeleton: skeleton, size: size)
  }
}

private func zeros(_ count: Int) -> String { "[" + Array(repeating: "0", count: count).joined(separator: ",") + "]" }

@Suite struct `Files of other tools` {
  @Test func `OpenPose's bodies, hands and faces are read`() throws {
    let body = "[1,2,0.5," + zeros(72).dropFirst()
    let hand = "[7,8,0.25," + zeros(60).dropFirst()
    let person = "\"pose_keypoints_2d\":\(body),\"person_id\":[-1]"
    let file = try read([
      "v_000000000003_keypoints.json": "{\"people\":[{\(person),\"hand_left_keypoints_2d\":\(hand)}]}",
      "v_000000000001_keypoints.json": "{\"people\":[{\(person)}]}",
    ])
    #expect(file.header.name == "v" && file.header.skeleton == .openPose137)
    #expect(file.frames.map(\.index) == [1, 3])
    let keypoints = file.frames.map { $0.people[0].pose.keypoints }
    #expect(keypoints[0].compactMap(\.self) == [Keypoint(Point(x: 1, y: 2), score: 0.5)])
    #expect(keypoints[1][95] == Keypoint(Point(x: 7, y: 8), score: 0.25))
    #expect(file.frames[0].people[0].trackID == nil)
  }

  @Test func `OpenPose's neck and middle of the hips are derived, and toes left empty`() throws {
    try withFolder { folder in
      let recording = Recording(header: sampleHeader, frames: sampleFrames(1, people: 1))
      let url = folder.appending(path: "o")
      let writer = try RecordingFormat.openPose.write(
        .place(url, overwrites: true), recording.header, .init(hasPeople: true, hasKeypoints: true))
      try writer.append(recording.frames[0])
      try writer.finish()
      #expect(writer.notes.joined().contains("neck and mid_hip derived"))
      #expect(writer.notes.joined().contains("coco17 has no left_big_toe"))
      let (before, after) = (recording.frames[0].people[0].pose, try Recording(url).frames[0].people[0].pose)
      func point(_ name: String) throws -> Point? {
        before.keypoints[try #require(Skeleton.coco17.index(of: name))]?.point
      }
      let (left, right) = (try #require(try point("left_shoulder")), try #require(try point("right_shoulder")))
      let neck = try #require(after.keypoints[1])
      #expect(abs(neck.point.x - (left.x + right.x) / 2) < 0.001 && abs(neck.point.y - (left.y + right.y) / 2) < 0.001)
      #expect(after.keypoints[19...].allSatisfy { $0 == nil })
    }
  }

  @Test func `MMPose's demos count from 1 and name their keypoints`() throws {
    let text = """
      {"meta_info": {"keypoint_id2name": {"1": "b", "0": "a"}}, "instance_info": [
       {"frame_id": 2, "instances": [{"keypoints": [[1, 2], [3, 4]], "keypoint_scores": [0.5, 1], "bbox": [[0, 0, 9, 9]]}]},
       {"frame_id": 1, "instances": []}]}
      """
    let file = try read(["a.json": text])
    #expect(file.frames.map(\.index) == [0, 1])
    #expect(file.header.skeleton.joints.map(\.name) == ["a", "b"])
    #expect(file.frames[1].people[0].pose.box == Box(x: 0, y: 0, width: 9, height: 9))
  }

  @Test func `Ultralytics' to_json of every frame is read, and others than people are passed over`() throws {
    let person = #"{\"name\":\"person\",\"confidence\":0.5,\"box\":{\"x1\":1,\"y1\":2,\"x2\":4,\"y2\":6}}"#
    let dog = #"{\"name\":\"dog\",\"confidence\":0.5,\"box\":{\"x1\":1,\"y1\":2,\"x2\":4,\"y2\":6}}"#
    let file = try read(["a.json": "[\"[]\",\"[\(dog),\(person)]\"]"])
    #expect(file.frames.map(\.people.count) == [0, 1])
    #expect(file.frames[1].people[0].pose.box == Box(x: 1, y: 2, width: 3, height: 4))
  }

  @Test func `frames that were left out are empty in Ultralytics' list`() throws {
    try withFolder { folder in
      var frames = sampleFrames(2)
      frames[1].index = 4
      let url = folder.appending(path: "a.ultralytics.json")
      try Recording(header: sampleHeader, frames: frames).write(to: url, as: .ultralytics)
      #expect(try Recording(url).frames.map(\.people.count) == [2, 0, 0, 0, 2])
    }
  }

  @Test func `YOLO's predictions have scores and identities`() throws {
    let size = PictureSize(width: 100, height: 200)
    let file = try read(
      ["a_1.txt": "0 0.5 0.5 0.2 0.1 0.75 3\n1 0.5 0.5 0.2 0.1 0.9 4\n", "a_0.txt": ""], size: size)
    #expect(file.frames.map(\.people.count) == [0, 1])
    let person = file.frames[1].people[0]
    #expect(person.pose.box == Box(x: 40, y: 90, width: 20, height: 20) && person.pose.score == 0.75)
    #expect(person.trackID == 3)
  }

  @Test func `CVAT's shapes that are outside are not there`() throws {
    let text = """
      <?xml version="1.0"?><!-- <track> --><annotations><meta><task><original_size><width>9</width>
      <height>8</height></original_size></task></meta>
      <track id="4" label="a &amp; b"><skeleton frame="2" keyframe="1">
      <points label="x &#65;" outside="0" points="1.5,2"/><points label="y" outside="1" points="0,0"></points></skeleton>
      <skeleton frame="3" outside="1"><points label="x &#65;" outside="0" points="1.5,2"/></skeleton></track>
      <track id="5" label="c"><box frame="3" outside="0" xtl="1" ytl="2" xbr="5" ybr="7"/></track></annotations>
      """
    let file = try read(["a.xml": text])
    #expect(file.header.skeleton.joints.map(\.name) == ["x A", "y"])
    #expect(file.frames.map(\.index) == [2, 3] && file.frames[0].size == PictureSize(width: 9, height: 8))
    #expect(file.frames[0].people.map(\.trackID) == [4])
    #expect(file.frames[0].people[0].pose.keypoints == [Keypoint(Point(x: 1.5, y: 2), score: 1), nil])
    #expect(file.frames[1].people.map(\.pose.box) == [Box(x: 1, y: 2, width: 4, height: 5)])
  }

  @Test func `a data set names its keypoints and frames`() throws {
    let text = """
      {"images": [{"id": 5, "file_name": "x/5.jpg", "frame_id": 10}, {"id": 6, "file_name": "x/6.jpg", "frame_id": 20}],
       "annotations": [{"id": 1, "image_id": 6, "category_id": 3, "bbox": [1, 2, 30, 40], "keypoints": [4, 5, 2, 0, 0, 0],
        "track_id": 2}],
       "categories": [{"id": 3, "name": "person", "keypoints": ["left_tip", "right_tip"], "skeleton": [[1, 2], [1, 9]]}]}
      """
    let file = try read(["a.json": text])
    #expect(file.header.skeleton.joints.map(\.name) == ["left_tip", "right_tip"])
    #expect(file.header.skeleton.limbs.map { [$0.from, $0.to] } == [[0, 1]])
    #expect(file.header.skeleton.flipIndices == [1, 0])
    #expect(file.frames.map(\.index) == [10, 20] && file.frames[1].people[0].trackID == 2)
  }

  @Test(arguments: [
    ("a.json", "{\"images\": [}", "line 1, column 13"),
    ("a.json", "[{\"frame_id\": 0,\n \"instances\": [{\"keypoint_scores\": [1]},]}]", "line 2, column"),
    (
      "a.json", "[{\"frame_id\": 0, \"instances\": [{\"keypoints\": [[1, 2, 3]], \"keypoint_scores\": [1]}]}]",
      "3 numbers where 2"
    ),
    (
      "a.json", "[{\"frame_id\": 0, \"instances\": [{\"keypoints\": [[1, NaN]], \"keypoint_scores\": [1]}]}]",
      "line 1, column"
    ),
    (
      "a.json", "[{\"frame_id\": 0, \"instances\": [{\"keypoints\": [[1, 2]], \"keypoint_scores\": [1]}]}]",
      "--keypoint-set"
    ),
    ("a.ultralytics.json", "[{\"name\": \"person\"}]", "[0]: is no list of the people of a frame"),
    ("a.xml", "<annotations><track id=\"1\"></annotations", "not valid XML"),
    ("a.xml", "<annotations>\n<track id=\"1\"/><track id=\"1\"/></annotations>", "line 2: track 1 is there twice"),
    ("a.xml", "<annotations>\n\n<track id=\"x\"/></annotations>", "line 3: id=\"x\" of track is no whole number"),
    ("a.xml", "<annotations><image id=\"1\"/></annotations>", "export the task as CVAT for video 1.1"),
    ("a.xml", "<a b=\"&nope;\"/>", "unknown entity &nope"), ("a.xml", "<a></a>", "has no <annotations>"),
    ("a.trc", "PathFileType\n", "are not the header of a TRC file"),
    (
      "a.json",
      "{\"images\":[],\"annotations\":[],\"categories\":[{\"id\":1,\"name\":\"person\"},{\"id\":1,\"name\":\"dog\"}]}",
      "categories[1].id: category 1 is there twice"
    ),
    (
      "a.json",
      "{\"images\":[{\"id\":1}],\"annotations\":[{\"image_id\":1,\"category_id\":7}],\"categories\":[{\"id\":7,\"name\":\"dog\"}]}",
      "none of its categories is called person (7, \"dog\")"
    ),
    (
      "a.json",
      "{\"images\":[{\"id\":1},{\"id\":1}],\"annotations\":[{\"id\":3,\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,9,9]}]}",
      "images[1].id: image 1 is there twice"
    ),
  ])
  func `what is wrong is named with its place`(name: String, text: String, problem: String) {
    #expect {
      try read([name: text])
    } throws: { error in
      "\(error)".contains(problem) && "\(error)".contains(name)
    }
  }

  @Test(arguments: [
    (
      ["a_1_keypoints.json": "{\"people\":[{\"pose_keypoints_2d\":[1,2]}]}", "b": ""],
      "2 numbers are no list of x, y, score"
    ),
    (["a_1_keypoints.json": "{\"people\":[{\"pose_keypoints_2d\":[1,2,3]}]}", "b": ""], "1 keypoints of a body"),
    (["a_1_keypoints.json": "{\"people\":[]}", "b_1_keypoints.json": "{\"people\":[]}"], "would both be frame 1"),
    (["a_1.txt": "0 0.5 0.5 0.2", "b": ""], "line 1: is no list of at least five"),
    (["a_1.txt": "0 0.5 0.5 0.2 7", "b": ""], "does not lie in 0…1"),
    (["a_1.txt": "\n0 0.5 0.5 0.2 0.2 0.1 0.2 2", "b": ""], "line 2: 1 keypoints where the keypoint set has 17"),
    (["a_1.txt": "", "b_1.txt": ""], "would both be frame 1"), (["b": "", "c": ""], "without files of any format"),
  ])
  func `folders that are wrong are refused with the file`(files: [String: String], problem: String) {
    #expect {
      try read(files, size: PictureSize(width: 10, height: 10))
    } throws: { error in
      "\(error)".contains(problem)
    }
  }

  @Test func `labels in fractions need the size of the picture`() {
    #expect {
      try read(["a_1.txt": "", "b": ""])
    } throws: { error in
      "\(error)".contains("--size")
    }
  }
}
