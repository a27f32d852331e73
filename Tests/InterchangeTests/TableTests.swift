private import Files
import Foundation
import Pose
import TestSupport
import Testing
private import Timing

@testable import Interchange

/// Reads a text as a file of that name.
private func read(
  _ text: String, named name: String, as format: RecordingFormat? = nil, skeleton: Skeleton? = nil,
  size: PictureSize? = nil
) throws -> Recording {
  try withFolder { folder in
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return try Recording(url, as: format, skeleton: skeleton, size: size)
  }
}

@Suite struct `Tables` {
  @Test(arguments: [
    ("a,b", ["a", "b"]), ("a,\"b, \"\"c\"\"\",", ["a", "b, \"c\"", ""]), ("", [""]), ("x\r", ["x"]),
  ])
  func `fields may be quoted`(line: String, fields: [String]) throws {
    #expect(try CSVLine.fields(line) == fields)
    #expect(try CSVLine.fields(CSVLine.row(fields.map(CSVLine.field))) == fields)
  }

  @Test func `a table of another program needs only frame, joint, x and y`() throws {
    let file = try read("y,x,joint,frame\n2,1,nose,3\n,,left_eye,3\nNaN,5,tail,4\n7,8,tail,3\n", named: "a.csv")
    #expect(file.header.skeleton.joints.map(\.name) == ["nose", "left_eye", "tail"])
    #expect(file.frames.map(\.index) == [3, 4])
    let person = try #require(file.frames[0].people.first)
    #expect(person.pose.keypoints == [.init(Point(x: 1, y: 2), score: 1), nil, .init(Point(x: 8, y: 7), score: 1)])
    #expect(person.trackID == nil)
    #expect(file.header.skeleton.joints[2].sigma == 0.1 && file.header.skeleton.joints[0].sigma == 0.026)
  }

  @Test func `rows in any order and with a byte-order mark are read`() throws {
    let text = "\u{FEFF}frame,track_id,joint,x,y\r\n2,0,nose,1,2\r\n0,1,nose,3,4\r\n2,1,nose,5,6\r\n"
    let file = try read(text, named: "a.csv")
    #expect(file.frames.map { $0.people.map(\.trackID) } == [[1], [0, 1]])
    #expect(file.header.skeleton == .coco17)
  }

  @Test(arguments: [
    ("frame,joint,x,y\n0,nose,1\n", "line 2: 3 fields where the first line names 4"),
    ("frame,joint,x,y\n-1,nose,1,2\n", "line 2: \"-1\" in column frame is no number of a frame"),
    ("frame,joint,x,y\n0,nose,inf,2\n", "line 2: \"inf\" in column x is no finite number"),
    ("frame,joint,x,y\n0,nose,1,2\n0,nose,1,2\n", "has the joint nose of person  twice"),
    ("frame,joint,x,y,x\n", "line 1: the column \"x\" is there twice"),
    ("frame,joint,x,y\n0,\"nose,1,2\n", "line 2: a quotation mark is not closed"),
    ("frame,track_id,nose_x,nose_y\n0,1.5,1,2\n", "line 2: \"1.5\" in column track_id is no whole number"),
    ("frame,bbox_x,bbox_y,bbox_width,bbox_height,a_x,a_y\n0,0.1,0.1,0.5,0.5,,\n", "normalised"),
    ("scorer,a\nbodyparts,nose\ncoords,x\n0,1\n", "nose has no columns x and y"),
    ("scorer,a\nbodyparts,nose\n0,1\n", "its first lines are not scorer, bodyparts and coords"),
    ("scorer,a,a\nbodyparts,n,n\ncoords,x,y\nimg,1,2\n", "\"img\" is no number of a frame"),
    ("scorer,a,a\nbodyparts,n,n\ncoords,x,y\n1,1,2\n1,1,2\n", "frame 1 is there twice"),
    ("scorer,a,a,a\nbodyparts,n,n,n\ncoords,x,y,x\n1,1,2,3\n", "the column \"person n x\" is there twice"),
    ("track,frame_idx,instance.score,a.x,a.y\n,0,1,2\n", "line 2: 4 fields"),
    ("filename,file_size,file_attributes,region_count\n", "has no column \"region_shape_attributes\""),
  ])
  func `tables that are wrong are refused with the line`(text: String, problem: String) {
    #expect {
      try read(text, named: "a.csv")
    } throws: { error in
      "\(error)".contains(problem) && "\(error)".contains("a.csv")
    }
  }

  @Test func `a joint that a named keypoint set lacks is refused`() {
    #expect {
      try read("frame,joint,x,y\n0,tail,1,2\n", named: "a.csv", skeleton: .coco17)
    } throws: { error in
      "\(error)".contains("coco17 has no joint \"tail\"")
    }
  }

  @Test func `frames that DeepLabCut labelled go by their names`() throws {
    let text = """
      scorer,,,me,me
      bodyparts,,,snout,snout
      coords,,,x,y
      labeled-data,clip,img0007.png,3.5,4
      labeled-data,clip,img0009.png,,
      """
    let file = try read(text, named: "CollectedData_me.csv")
    #expect(file.frames.map(\.index) == [7, 9] && file.frames.map(\.name) == ["img0007.png", "img0009.png"])
    #expect(file.frames[0].people.first?.pose.keypoints == [.init(Point(x: 3.5, y: 4), score: 1)])
    #expect(file.frames[1].people.isEmpty)
  }

  @Test func `DeepLabCut has three header rows for one person and four for several`() throws {
    for (people, rows) in [(1, 3), (2, 4)] {
      try withFolder { folder in
        let url = folder.appending(path: "a.dlc.csv")
        let recording = Recording(header: sampleHeader, frames: sampleFrames(2, people: people))
        try recording.write(to: url, as: .deepLabCut)
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == rows + 2)
        #expect(lines[0].hasPrefix("scorer,PoseTrail,") && lines[rows - 1].hasPrefix("coords,x,y,likelihood,"))
        #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }).count == 1)
      }
    }
  }

  @Test(arguments: [RecordingFormat.deepLabCut.name, RecordingFormat.cvat.name])
  func `people without identities have no place of their own`(name: String) throws {
    var recording = Recording(header: sampleHeader, frames: sampleFrames(1))
    for person in 0...1 { recording.frames[0].people[person].trackID = nil }
    let format = try #require(RecordingFormat.named(name))
    #expect {
      try withFolder { try recording.write(to: $0.appending(path: "a.csv"), as: format) }
    } throws: { error in
      "\(error)".contains("several people without identity") && "\(error)".contains("posetrail link")
    }
  }

  @Test func `VIA's regions are boxes, and pictures without are passed over`() throws {
    let text = """
      filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes
      clip_frame_03.png,265,"{""clip"":123}",1,0,"{""name"":""rect"",""x"":526.5,""y"":""393"",""width"":46,""height"":38}","{""track"":""71""}"
      clip_frame_04.png,265,"{""frame"":9}",0,0,"{}","{}"
      """
    let file = try read(text, named: "a.csv")
    #expect(file.frames.map(\.index) == [3])
    #expect(file.frames[0].people[0].pose.box == Box(x: 526.5, y: 393, width: 46, height: 38))
    #expect(file.frames[0].people[0].trackID == 71)
    let circle = text.replacingOccurrences(of: "rect", with: "circle")
    #expect(throws: FileError.self) { try read(circle, named: "a.csv") }
  }

  @Test func `SLEAP's tracks of other names are counted`() throws {
    let text = "track,frame_idx,instance.score,a.x,a.y,a.score\nred,0,0.5,1,2,0.25\n,0,0.5,3,4,\nblue,1,,5,6,1\n"
    let file = try read(text, named: "a.csv")
    #expect(file.frames.map { $0.people.map(\.trackID) } == [[0, nil], [1]])
    #expect(file.frames[0].people.map(\.pose.score) == [0.5, 0.5])
  }
}

@Suite struct `Files for OpenSim` {
  private let size = PictureSize(width: 640, height: 480)

  @Test func `millimetres are read, and markers of Halpe are known`() throws {
    let markers = Skeleton.halpe26.joints.map { MarkerNames.marker($0.name) }
    #expect(markers.contains("RBigToe") && markers.contains("Hip") && markers.contains("LShoulder"))
    let names = "Frame#\tTime\t" + markers.joined(separator: "\t\t\t")
    let row = "1\t0.5\t100\t200\t0" + String(repeating: "\t\t\t", count: 25)
    let text =
      "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\n30\t30\t1\t26\tmm\t30\t1\t1\n\(names)\n\t\tX1\tY1\tZ1\n\n\(row)\n"
    let file = try read(text, named: "a.trc", size: size)
    #expect(file.header.skeleton == .halpe26 && file.frames[0].time?.seconds == 0.5)
    #expect(file.frames[0].people[0].pose.keypoints[0]?.point == Point(x: 100, y: 280))
  }

  @Test func `what must be known is asked for`() throws {
    let frames = sampleFrames(2, people: 1)
    for (options, missing) in [
      (WritingOptions(size: size), "--metres-per-pixel"), (WritingOptions(metresPerPixel: 0.01), "--size"),
    ] {
      try withFolder { folder in
        var frame = frames[0]
        frame.size = nil
        let header = RecordingHeader(name: "a", skeleton: .coco17)
        let writer = try TRCWriter(.place(folder.appending(path: "a.trc"), overwrites: true), header: header, options)
        #expect {
          try writer.append(frame)
        } throws: { error in
          "\(error)".contains(missing)
        }
      }
    }
  }

  @Test func `two people do not fit`() throws {
    let recording = Recording(header: sampleHeader, frames: sampleFrames(1))
    #expect {
      try withFolder { try recording.write(to: $0.appending(path: "a.trc"), as: .trc) }
    } throws: { error in
      "\(error)".contains("--person")
    }
  }

  /// Against Sports2D's `fixed_angles` of Pose2Sim 0.10.49.
  @Test func `angles are those of Sports2D`() throws {
    let points: [String: (Double, Double)] = [
      "right_shoulder": (105, 52), "left_shoulder": (95, 50), "right_elbow": (112, 81), "left_elbow": (84, 79),
      "right_wrist": (131, 95), "left_wrist": (90, 108), "right_hip": (103, 120), "left_hip": (97, 121),
      "hip": (100, 120.5), "neck": (100, 51), "right_knee": (121, 160), "left_knee": (92, 165),
      "right_ankle": (104, 201), "left_ankle": (81, 208), "right_big_toe": (122, 208), "left_big_toe": (99, 214),
      "right_heel": (99, 209), "left_heel": (75, 215),
    ]
    let keypoints = PlanarAngle.joints.map { name in
      points[name].map { Keypoint(Point(x: $0.0, y: $0.1), score: 1) }
    }
    let found = Dictionary(uniqueKeysWithValues: PlanarAngle.all.map { ($0.name, $0.degrees(keypoints) ?? .nan) })
    for (name, expected) in Self.sports2D {
      #expect(abs((found[name] ?? .nan) - expected) < 1e-3, "\(name): \(String(describing: found[name]))")
    }
    #expect(found.count == Self.sports2D.count)
  }

  private static let sports2D: [String: Double] = [
    "right ankle": 25.0101, "left ankle": 16.7353, "right knee": 46.7483, "left knee": 7.8663, "right hip": 24.2277,
    "left hip": -6.4831, "right shoulder": 13.5704, "left shoulder": -20.7723, "right elbow": 40.0452,
    "left elbow": 32.4616,
  ]
}
