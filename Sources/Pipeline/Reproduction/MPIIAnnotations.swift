internal import Files
internal import Foundation
internal import Pose

/// The annotation files of MPII as mmpose has them: people by centre and scale, in units of 200 pixels.
enum MPIIAnnotations {
  /// `mpii_val.json`, counted from 1: the boxes are moved down a little, so that no feet are cut off.
  static func people(_ file: URL, images: URL) throws -> [BenchmarkImage] {
    let people = try InputFile.read(file) { (bytes) throws(FileError) in
      try JSONParser.parse(bytes).map { (person) throws(FileError) in
        let center = try person.read("center") { (value) throws(FileError) in try value.doubles(count: 2) }
        let scale = try person.double("scale")
        return (
          image: try person.string("image"),
          box: square(x: center[0] - 1, y: center[1] + 15 * scale - 1, side: 200 * scale)
        )
      }
    }
    return people.enumerated().map { index, person in
      BenchmarkImage(
        id: index, file: images.appending(path: person.image), boxes: [ScoredBox(person.box, score: 1)],
        boxIDs: [index])
    }
  }

  /// `mpii_trb_val.json`, counted from 0: the whole input shows the input's size over the scale.
  static func outlined(_ file: URL, images: URL, input: (width: Int, height: Int)) throws -> [BenchmarkImage] {
    let (names, people) = try InputFile.read(file) { (bytes) throws(FileError) in
      let json = try JSONParser.parse(bytes)
      let names = try json.read("images") { (list) throws(FileError) in
        try list.map { (image) throws(FileError) in try image.string("file_name") }
      }
      return (names, try json.read("annotations") { (list) throws(FileError) in try list.map(outline) })
    }
    let byNumber = Dictionary(
      names.compactMap { name in Int(URL(filePath: name).deletingPathExtension().lastPathComponent).map { ($0, name) }
      },
      uniquingKeysWith: { first, _ in first })
    return people.sorted { $0.id < $1.id }.compactMap { person in
      guard let name = byNumber[person.image] else { return nil }
      let (width, height) = (
        Double(input.width) / person.scale / padding, Double(input.height) / person.scale / padding
      )
      let box = Box(
        x: person.center[0] - width / 2, y: person.center[1] - height / 2, width: width, height: height)
      return BenchmarkImage(
        id: person.id, file: images.appending(path: name), boxes: [ScoredBox(box, score: 1)], boxIDs: [person.id])
    }
  }

  /// What top-down networks enlarge boxes by, which these are enlarged by already.
  private static let padding = 1.25

  private static func outline(
    _ json: JSONValue
  ) throws(FileError) -> (id: Int, image: Int, center: [Double], scale: Double) {
    let center = try json.read("center") { (value) throws(FileError) in try value.doubles(count: 2) }
    return (try json.integer("id"), try json.integer("image_id"), center, try json.double("scale"))
  }

  private static func square(x: Double, y: Double, side: Double) -> Box {
    Box(x: x - side / 2, y: y - side / 2, width: side, height: side)
  }
}
