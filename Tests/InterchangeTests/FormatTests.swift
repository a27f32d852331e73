private import Files
import Foundation
import Pose
import TestSupport
import Testing

@testable import Interchange

@Suite struct `Formats of recordings` {
  private let recording = Recording(header: sampleHeader, frames: sampleFrames(3))

  private func read(_ text: String, named name: String, skeleton: Skeleton? = nil) throws -> Recording {
    try withFolder { folder in
      let url = folder.appending(path: name)
      try Data(text.utf8).write(to: url)
      return try Recording(url, skeleton: skeleton)
    }
  }

  /// But no appearance, for which the format has no place.
  @Test func `COCO results keep poses and identities`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.coco.json")
      try recording.write(to: url, as: .coco)
      let read = try Recording(url)
      var expected = recording.frames.map(\.people)
      for frame in expected.indices {
        for person in expected[frame].indices { expected[frame][person].pose.appearance = nil }
      }
      #expect(read.frames.map(\.people) == expected)
      #expect(read.frames.map(\.index) == [0, 1, 2])
    }
  }

  /// But no appearance, for which the format has no place.
  @Test func `JSON Lines keep everything, in any order of the lines`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.jsonl")
      try recording.write(to: url, as: .jsonLines)
      var expected = recording.frames
      for frame in expected.indices {
        for person in expected[frame].people.indices { expected[frame].people[person].pose.appearance = nil }
      }
      #expect(try Recording(url).frames == expected)
      let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == expected.count)
      let turned = try read("\n" + lines.reversed().joined(separator: "\r\n"), named: "b.jsonl", skeleton: .mpii16)
      #expect(turned.frames == expected && turned.header.skeleton == .coco17)
    }
  }

  @Test(arguments: [
    ("{\"frame\":0,\"people\":[]}\n{\"frame\":1}", "line 2", "people"),
    ("{\"frame\":-1,\"people\":[]}", "line 1", "-1 is no number of a frame"),
    ("{\"frame\":0,\"people\":[{\"keypoints\":[1,2]}]}", "line 1", "2 numbers are no list of x, y, score"),
    ("{\"frame\":0,\"people\":[{\"keypoints\":[1,2,1]}]}", "line 1", "1 keypoints where coco17 has 17"),
    ("{\"frame\":0,\"people\":[]}\n{\"frame\":0,\"people\":[]}", "a.jsonl", "frame 0 is there twice"),
    ("{\"frame\":0,\"people\":[{\"bbox\":[0.1,0.1,0.5,0.5]}]}", "a.jsonl", "normalised"),
  ])
  func `JSON Lines that are wrong are refused with the line`(text: String, place: String, problem: String) {
    #expect {
      try read(text, named: "a.jsonl")
    } throws: { error in
      "\(error)".contains(problem) && "\(error)".contains(place)
    }
  }

  @Test(arguments: RecordingFormat.all.filter { $0.canBeRead && !$0.lacks.contains(.names) }.map(\.name))
  func `the names of people come back`(name: String) throws {
    let format = try #require(RecordingFormat.named(name))
    try withFolder { folder in
      let url = folder.appending(path: "000042_mpii_test\(format.ending)")
      var named = recording
      named.header.names = [1: "bo, the \"second\""]
      try named.write(to: url, as: format)
      #expect(try Recording(url, as: format).header.names == named.header.names)
    }
  }

  @Test func `without a library that a format needs the error says how to get it`() {
    let format = RecordingFormat(name: "x", summary: "", missing: "HDF5", lacks: [])
    #expect(!format.canBeRead && !format.canBeWritten)
    for error in [format.cannotBeRead, format.cannotBeWritten(.standardOutput)] {
      #expect("\(error)".contains("x needs HDF5, which this program was built without; build it with the package"))
    }
  }

  #if !HDF5
  @Test(arguments: ["a.nc", "a.analysis.h5", "a.h5"])
  func `a name that stands for HDF5 says that the program lacks it`(name: String) throws {
    let target = OutputTarget.place(URL(filePath: "/nowhere/\(name)"), overwrites: false)
    let format = try RecordingFormat.writing(target)
    #expect("\(format.cannotBeWritten(target))".contains("needs HDF5, which this program was built without"))
  }
  #endif

  @Test func `pictures of no width have no known size`() throws {
    let lines = [(0, 0), (640, 0), (640, 480)].enumerated().map { frame, size in
      #"{"frame":\#(frame),"width":\#(size.0),"height":\#(size.1),"people":[]}"#
    }
    let recording = try read(lines.joined(separator: "\n"), named: "poses.jsonl", skeleton: .coco17)
    #expect(recording.frames.map(\.size) == [nil, nil, PictureSize(width: 640, height: 480)])
  }

  @Test func `MOT keeps boxes and identities`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.txt")
      try recording.write(to: url, as: .mot)
      let read = try Recording(url)
      #expect(read.frames.map { $0.people.map(\.pose.box) } == recording.frames.map { $0.people.map(\.pose.box) })
      #expect(read.frames.map { $0.people.map(\.trackID) } == recording.frames.map { $0.people.map(\.trackID) })
      #expect(read.frames.map(\.index) == [0, 1, 2])
      #expect(read.frames.allSatisfy { $0.people.allSatisfy(\.pose.keypoints.isEmpty) })
    }
  }

  @Test func `boxes stay boxes in every format that has a place for them`() throws {
    try withFolder { folder in
      let mot = folder.appending(path: "a.txt")
      try recording.write(to: mot, as: .mot)
      let boxes = try Recording(mot)
      for format in RecordingFormat.all where format.canBeRead && format.canBeWritten {
        let url = folder.appending(path: "000042_mpii_test\(format.ending)")
        guard !format.lacks.contains(.boxes) else {
          #expect {
            try boxes.write(to: url, as: format)
          } throws: { error in
            "\(error)".contains("no place for boxes") && "\(error)".contains("coco, csv-wide, via, mot")
          }
          continue
        }
        let size = PictureSize(width: 1000, height: 1000)
        var sized = boxes
        for frame in sized.frames.indices { sized.frames[frame].size = size }
        try sized.write(to: url, as: format)
        let read = try Recording(url, as: format, size: size)
        #expect(read.frames.map(\.people.count) == boxes.frames.map(\.people.count), "\(format.name)")
        #expect(read.frames.allSatisfy { $0.people.allSatisfy(\.pose.keypoints.isEmpty) }, "\(format.name)")
        let options = ReadingOptions(size: size)
        #expect(try RecordingFormat.open(url.path, as: format, options).contents.hasKeypoints == false)
        #expect(try BoxList(url, options).frames.map(\.boxes.count) == [2, 2, 2], "\(format.name)")
      }
    }
  }

  @Test func `CSV has one line for every keypoint`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.csv")
      var quoted = recording
      quoted.header.skeleton.joints[1].name = "eye, \"left\""
      try quoted.write(to: url, as: .csv)
      let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      let keypoints = recording.frames.flatMap(\.people).flatMap(\.pose.keypoints).compactMap(\.self)
      #expect(lines.count == 1 + keypoints.count)
      #expect(lines[0] == "frame,seconds,track_id,person,person_score,joint,x,y,score")
      #expect(lines[1] == "0,0,0,0,0.666666667,nose,40,30,0.666666667")
      #expect(lines[2].contains(",\"eye, \"\"left\"\"\","))
    }
  }

  @Test func `OpenPose gets a file for every frame with its eighteen joints`() throws {
    try withFolder { folder in
      let target = folder.appending(path: "openpose")
      try recording.write(to: target, as: .openPoseCOCO)
      #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).count == 3)
      let data = try Data(contentsOf: target.appending(path: "000042_mpii_test_000000000002_keypoints.json"))
      let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let people = try #require(file["people"] as? [[String: Any]])
      #expect((people[1]["pose_keypoints_2d"] as? [Double])?.count == 54)
      #expect(people[1]["person_id"] as? [Int] == [1])
    }
  }

  @Test(arguments: [
    ("a.csv", "csv"), ("a.txt", "mot"), ("a.posetrack.json", "posetrack"), ("a.coco.json", "coco"),
    ("new.json", "posetrack"), ("folder", "openpose"), ("a.ndjson", "jsonl"),
  ])
  func `the name tells the format to be written`(name: String, format: String) throws {
    #expect(try RecordingFormat.writing(OutputTarget("/nowhere/\(name)", overwrites: true)).name == format)
  }

  @Test func `a name that tells no format is refused with those that do`() {
    #expect {
      try RecordingFormat.writing(OutputTarget("/nowhere/a.mp4", overwrites: true))
    } throws: { error in
      "\(error)".contains("a.mp4") && "\(error)".contains(".posetrack.json")
    }
  }

  @Test(arguments: [
    ("a.json", " [{}]", "coco"), ("b.json", "{\"images\":[]}", "coco-dataset"),
    ("c.json", "{\"images\":[{\"vid_id\":\"1\"}]}", "posetrack"), ("d", "\u{FEFF}[]", "coco"),
    ("e.dat", "1,2,3,4,5,6,1\n", "mot"), ("f", "{\"frame\":0,\"people\":[]}\n", "jsonl"),
  ])
  func `the content tells the format that is read`(name: String, text: String, format: String) throws {
    try withFolder { folder in
      let url = folder.appending(path: name)
      try Data(text.utf8).write(to: url)
      #expect(try RecordingFormat.reading(try InputText(url), named: name).name == format)
    }
  }

  @Test(arguments: [
    ("a.csv", "frame\n", "neither the name nor the content"), ("a.json", "", "is empty"),
    ("a.xyz", "hello", "neither the name nor the content"),
    ("a.json", "[{\"score\": 1}]", "name its format with --from"),
  ])
  func `what cannot be read is refused with the way out`(name: String, text: String, reason: String) {
    #expect {
      try read(text, named: name)
    } throws: { error in
      "\(error)".contains(reason) && "\(error)".contains(name)
    }
  }

  @Test func `a wrong keypoint set is named`() throws {
    try withFolder { folder in
      let url = folder.appending(path: "a.coco.json")
      try recording.write(to: url, as: .coco)
      #expect {
        try Recording(url, skeleton: .mpii16)
      } throws: { error in
        "\(error)".contains("17 keypoints where mpii16 has 16")
      }
    }
  }
}

@Suite struct `MOT files` {
  private func rows(_ text: String) throws -> [MOTRow] {
    try withFolder { folder in
      let url = folder.appending(path: "det.txt")
      try Data(text.utf8).write(to: url)
      var rows: [MOTRow] = []
      var frames = try MOTFile(url).frames()
      while let frame = try frames.next() { rows += frame.rows }
      return rows
    }
  }

  private let row = MOTRow(frame: 1, id: 7, box: Box(x: 1.5, y: 2, width: 3, height: 4), confidence: 1)

  @Test(arguments: [
    "1,7,1.5,2,3,4,1,-1,-1,-1", "1, 7, 1.5, 2, 3, 4", "1 7 1.5 2 3 4 1", "1\t7\t1.5\t2\t3\t4\t-1\r\n",
    "\u{FEFF}1,7,1.5,2,3,4,-1\n\n", "# made by hand\n1,7,1.5,2,3,4\n",
    "frame,id,bb_left,bb_top,bb_width,bb_height,conf,x,y,z\n1,7,1.5,2,3,4,1,-1,-1,-1\n",
  ])
  func `fields are separated by commas or blanks and -1 is no confidence`(text: String) throws {
    #expect(try rows(text) == [row])
  }

  @Test(arguments: ["", "\n", "frame,id,left,top,width,height\n"])
  func `a file without boxes has none`(text: String) throws {
    #expect(try rows(text).isEmpty)
  }

  @Test func `lines may have any order`() throws {
    let rows = try rows("2,1,0,0,5,5,1\n1,1,0,0,5,5,1\n2,2,0,0,5,5,1\n1,2,0,0,5,5,1\n")
    #expect(rows.map(\.frame) == [1, 1, 2, 2])
    #expect(rows.map(\.id) == [1, 2, 1, 2])
  }

  @Test(arguments: [
    ("1,2,3", "line 1: 3 fields"), ("1,1,0,0,5,5,1\n0,1,0,0,5,5", "line 2: frame and id"), ("1,x,0,0,5,5", "line 1"),
    ("1,1,0,nan,5,5", "line 1: the box"), ("1,1,0,0,-5,5", "line 1: the box"), ("1,1,0,0,1e999,5", "line 1: the box"),
    ("1,1,,0,5,5", "line 1: the box"), ("1,1,0,0,5,5,x", "line 1: the confidence"),
    ("9300000000000000,1,0,0,5,5", "line 1: frame and id"),
    ("id,frame,left,top,width,height\n", "line 1: frame and id"),
  ])
  func `broken lines are named`(text: String, message: String) {
    #expect {
      try rows(text)
    } throws: { error in
      "\(error)".contains(message) && "\(error)".contains("det.txt")
    }
  }
}
