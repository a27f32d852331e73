private import Foundation
internal import Inference
package import Models
private import Pose

/// What a detector without a description says of itself before it runs.
struct DetectorShapes {
  /// Of the input, pixels.
  var width: Int
  var height: Int
  /// Of the outputs for one picture; nil where a shape depends on what is in it.
  var outputs: [[Int]?]
  /// The names of the classes, where the file has them.
  var classes: [String]?

  /// The only shape, where there is one output of a known shape.
  var onlyOutput: [Int]? { outputs.count == 1 ? outputs[0] : nil }

  /// The cells of all levels together; sizes of maps are rounded up.
  func cells(_ strides: [Int]) -> Int {
    strides.reduce(0) { $0 + ((width + $1 - 1) / $1) * ((height + $1 - 1) / $1) }
  }

  /// The place of people among `count` classes: by name where the file names them, else the first of COCO's 80 or the only one;
  /// nil for other numbers of classes. Throws `DetectionError` where none of the names is a person's.
  func personClass(of count: Int) throws -> Int? {
    guard let classes else { return count == 1 || count == 80 ? 0 : nil }
    guard classes.count == count else { return nil }
    guard let person = PersonName.indices(in: classes).first else {
      throw DetectionError(
        "the classes that it names are \(classes.prefix(5).joined(separator: ", "))\(count > 5 ? ", …" : ""), "
          + "and none is called person")
    }
    return person
  }
}

extension DetectorDescription {
  /// What the shapes of a network, and what its file says of itself, tell of its use.
  ///
  /// - Throws: `ModelError` with a template of a description where they don't tell.
  package static func inferred(from network: UndescribedNetwork) throws -> DetectorDescription {
    guard let shapes = try? DetectorShapes(network) else { throw network.undescribable() }
    if let task = network.metadata["task"], task != "detect" {
      throw network.undescribable(
        "its file says that it was made to \(task == "pose" ? "estimate poses" : task), not to detect")
    }
    do {
      for format in DetectorFormats.all {
        if let description = try format.description(of: shapes) { return description }
      }
    } catch let error as DetectionError {
      throw network.undescribable(error.description)
    }
    throw network.undescribable()
  }

  /// How pictures enter and boxes leave, in a few words.
  package var summary: String {
    let place =
      switch fit {
      case .letterbox(let letterbox): letterbox.position == .center ? "centred in grey" : "in the corner of grey"
      case .stretch: "stretched"
      }
    let mean = pixels.mean.contains { $0 != 0 } ? ", less a mean" : ""
    return
      "format \(format), \(inputWidth)×\(inputHeight), \(pixels.channelOrder.rawValue.uppercased())\(mean), \(place), "
      + "person is class \(personClass) of \(classCount)"
  }
}

extension DetectorShapes {
  /// nil where the network does not take one picture whose size is known.
  fileprivate init?(_ network: UndescribedNetwork) throws {
    let graph = network.graph
    guard graph.inputs.count == 1, graph.inputs[0].shape.count == 4, graph.inputs[0].shape[1] ?? 3 == 3 else {
      return nil
    }
    // Ultralytics writes height and width of the pictures that it trained on: "[640, 640]".
    let sizes = (network.metadata["imgsz"] ?? "").matches(of: /\d+/).compactMap { Int($0.output) }
    let stated = sizes.count == 2 ? sizes : sizes.count == 1 ? [sizes[0], sizes[0]] : []
    guard let height = graph.inputs[0].shape[2] ?? stated.first, let width = graph.inputs[0].shape[3] ?? stated.last,
      (8...8192).contains(height), (8...8192).contains(width)
    else { return nil }
    (self.width, self.height) = (width, height)
    outputs = try graph.outputShapes(width: width, height: height)
    classes = network.metadata["names"].flatMap(Self.names)
  }

  /// Ultralytics writes the names of classes as a dictionary of Python's: `{0: 'person', 1: 'bicycle'}`.
  private static func names(_ text: String) -> [String]? {
    let entries = text.matches(of: /(\d+)\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/)
    let names = entries.map { String($0.output.2 ?? $0.output.3 ?? "") }
    return names.isEmpty || entries.enumerated().contains { $0 != Int($1.output.1) } ? nil : names
  }
}
