private import Files
import Foundation
import Pose
import TestSupport
import Testing

@testable import Interchange

@Suite struct `Large files` {
  /// Fifty thousand people, whose annotations are in no order: only their places are held.
  @Test func `tens of thousands of annotations in any order come through`() throws {
    let (images, people) = (10_000, 5)
    try withFolder { folder in
      let url = folder.appending(path: "a.coco-dataset.json")
      let file = try OutputFile(for: url)
      try file.write("{\"annotations\":[")
      for number in 0..<(images * people) {
        let image = number * 7919 % images
        try file.write(
          (number == 0 ? "" : ",")
            + "{\"id\":\(number + 1),\"image_id\":\(image),\"category_id\":1,\"bbox\":[\(image % 100),2,30,40],"
            + "\"track_id\":\(number / images),\"keypoints\":[\(image % 100),5,2,0,0,0]}")
      }
      try file.write("],\"images\":[")
      for image in 0..<images { try file.write((image == 0 ? "" : ",") + "{\"id\":\(image),\"frame_id\":\(image)}") }
      try file.write(
        "],\"categories\":[{\"id\":1,\"name\":\"person\",\"keypoints\":[\"tip\",\"end\"],\"skeleton\":[[1,2]]}]}")
      try file.finish()
      let reader = try RecordingFormat.open(url.path, as: nil)
      let table = folder.appending(path: "a.wide.csv")
      let writer = try RecordingFormat.csvWide.write(
        .place(table, overwrites: false), reader.header, reader.contents)
      var frames = try reader.frames()
      var count = 0
      while let frame = try frames.next() {
        #expect(frame.people.count == people && frame.people.allSatisfy { $0.pose.box.x == Double(frame.index % 100) })
        count += frame.people.count
        try writer.append(frame)
      }
      try writer.finish()
      #expect(count == images * people)
      var again = try RecordingFormat.open(table.path, as: nil).frames()
      var rows = 0
      while let frame = try again.next() { rows += frame.people.count }
      #expect(rows == count)
    }
  }
}
