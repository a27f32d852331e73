package import Files
package import Foundation
package import Pose

/// The people of MPII-TRB's annotation file: 40 points and the head box of each, in pixels counted from 0.
package struct TRBGroundTruth: Sendable {
  package struct Person: Sendable {
    /// Of the annotation, by which predictions name the person.
    package var id: Int
    /// nil where there is no label.
    package var points: [Point?]
    package var headDiagonal: Double
  }

  package static let pointCount = 40

  package let people: [Person]

  package init(_ url: URL) throws(FileError) {
    people = try InputFile.read(url) { (bytes) throws(FileError) in
      try JSONParser.parse(bytes).read("annotations") { (list) throws(FileError) in try list.map(Self.person) }
    }
    if let twice = Dictionary(grouping: people, by: \.id).filter({ $0.value.count > 1 }).keys.min() {
      throw FileError(
        .invalid, url, "annotation \(twice) is there twice", remedy: "give each annotation an id of its own")
    }
  }

  private static func person(_ json: JSONValue) throws(FileError) -> Person {
    let numbers = try json.read("keypoints") { (value) throws(FileError) in try value.doubles(count: 3 * pointCount) }
    let head = try json.read("headbox") { (value) throws(FileError) in try value.doubles(count: 4) }
    let points = (0..<pointCount).map { index in
      numbers[3 * index + 2] > 0 ? Point(x: numbers[3 * index], y: numbers[3 * index + 1]) : nil
    }
    return Person(
      id: try json.integer("id"), points: points, headDiagonal: hypot(head[2] - head[0], head[3] - head[1]))
  }
}
