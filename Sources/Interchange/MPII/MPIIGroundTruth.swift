package import Files
package import Foundation
package import Pose

/// The labelled people of the MPII validation set, in the order of their predictions.
///
/// Either the benchmark's `mpii_gt_val.mat`, with `pos_gt_src` (joint, x and y, person), `jnt_missing` (joint, person) and
/// `headboxes_src` (corner, x and y, person), or JSON with `pos_gt` (person, joint, x and y), `jnt_missing` (person, joint) and
/// `headboxes` (person, two corners), in pixels counted from 1.
package struct MPIIGroundTruth: Sendable {
  package struct Person: Sendable {
    /// The 16 joints; nil where there is no label.
    package var joints: [Point?]
    /// The length of the diagonal of the head box.
    package var headDiagonal: Double
  }

  package var people: [Person]

  package init(_ url: URL) throws(FileError) {
    self = try InputFile.read(url) { (bytes) throws(FileError) in
      MATLABFile.recognises(bytes)
        ? try MPIIGroundTruth(try MATLABFile(bytes)) : try MPIIGroundTruth(try JSONParser.parse(bytes))
    }
  }

  private init(_ json: JSONValue) throws(FileError) {
    let points = { (value: JSONValue) throws(FileError) in
      try value.map { (point) throws(FileError) in
        let numbers = try point.doubles(count: 2)
        return Point(x: numbers[0], y: numbers[1])
      }
    }
    let positions = try json.read("pos_gt") { (value) throws(FileError) in try value.map(points) }
    let missing = try json.read("jnt_missing") { (value) throws(FileError) in
      try value.map(JSONValue.asDoubles)
    }
    let heads = try json.read("headboxes") { (value) throws(FileError) in try value.map(points) }
    guard positions.count == missing.count, positions.count == heads.count, heads.allSatisfy({ $0.count == 2 }),
      zip(positions, missing).allSatisfy({ $0.count == 16 && $1.count == 16 })
    else {
      throw FileError(
        .invalid, problem: "pos_gt, jnt_missing and headboxes do not fit together",
        remedy: "give 16 joints and two corners for every person")
    }
    people = positions.indices.map { index in
      let (a, b) = (heads[index][0], heads[index][1])
      return Person(
        joints: zip(positions[index], missing[index]).map { $1 == 0 ? $0 : nil },
        headDiagonal: hypot(b.x - a.x, b.y - a.y))
    }
  }

  private init(_ file: MATLABFile) throws(FileError) {
    let missing = try file.array("jnt_missing", rank: 2)
    let (joints, count) = (missing.shape[0], missing.shape[1])
    let positions = try file.array("pos_gt_src", rank: 3)
    let heads = try file.array("headboxes_src", rank: 3)
    guard joints == 16, positions.shape == [16, 2, count], heads.shape == [2, 2, count] else {
      throw FileError(
        .invalid, problem: "pos_gt_src, jnt_missing and headboxes_src do not fit together",
        remedy: "give the file mpii_gt_val.mat of the benchmark")
    }
    people = (0..<count).map { person in
      Person(
        joints: (0..<16).map { joint in
          missing[joint, person] == 0
            ? Point(x: positions[joint, 0, person], y: positions[joint, 1, person]) : nil
        },
        headDiagonal: hypot(
          heads[1, 0, person] - heads[0, 0, person], heads[1, 1, person] - heads[0, 1, person]))
    }
  }
}
