package import Inference
package import ModelFiles

/// YOLOv3 from the files of its authors.
extension YOLOv3 {
  /// The convolutions in the order of Darknet's files.
  static let darknetOrder: [String] = {
    let backbone =
      ["backbone.conv1"]
      + stageBlocks.enumerated().flatMap { stage, blocks in
        ["conv"].map { "backbone.conv_res_block\(stage + 1).\($0)" }
          + (0..<blocks).flatMap { block in
            ["conv1", "conv2"].map { "backbone.conv_res_block\(stage + 1).res\(block).\($0)" }
          }
      }
    return backbone
      + (0..<3).flatMap { level in
        (level > 0 ? ["neck.conv\(level)"] : []) + (1...5).map { "neck.detect\(level + 1).conv\($0)" }
          + ["bbox_head.convs_bridge.\(level)", "bbox_head.convs_pred.\(level)"]
      }
  }()

  /// The sizes that a configuration states, and the number of classes.
  ///
  /// - Throws: `ModelFileError` where it is another network's.
  package static func described(by configuration: DarknetConfiguration) throws -> (network: YOLOv3, classes: Int) {
    func mismatch(_ what: String) -> ModelFileError {
      ModelFileError(
        .unsupported,
        "\(configuration.name): \(what); only YOLOv3 with Darknet-53 is read from Darknet's files, export others as ONNX"
      )
    }
    let convolutions = configuration.sections.filter { $0.name == "convolutional" }
    let counts = [
      ("convolutional", darknetOrder.count), ("shortcut", stageBlocks.reduce(0, +)), ("route", 4), ("upsample", 2),
      ("yolo", 3),
    ]
    for (name, count) in counts {
      let found = configuration.sections.count { $0.name == name }
      guard found == count else { throw mismatch("has \(found) sections [\(name)] instead of \(count)") }
    }
    if let stranger = configuration.sections.dropFirst().first(where: { section in
      !counts.contains { $0.0 == section.name }
    }) {
      throw mismatch("has a section [\(stranger.name)]")
    }
    let byName = Dictionary(uniqueKeysWithValues: zip(darknetOrder, convolutions))
    func filters(_ name: String) -> Int { byName[name]?.integer("filters") ?? 0 }
    var network = YOLOv3.published
    network.channels = [filters("backbone.conv1")] + (1...5).map { filters("backbone.conv_res_block\($0).conv") }
    network.neckChannels = (1...3).map { filters("neck.detect\($0).conv1") }
    network.headChannels = (0..<3).map { filters("bbox_head.convs_bridge.\($0)") }
    let classes = filters("bbox_head.convs_pred.0") / 3 - 5
    guard classes > 0 else { throw mismatch("has no class") }
    let shapes = try DetectorArchitecture(network).blueprint(input: nil, classes: classes).shapes
    for (name, section) in byName {
      let isNormalised = shapes[name + ".bn.weight"] != nil
      guard let shape = shapes[isNormalised ? name + ".conv.weight" : name + ".weight"],
        section.integer("filters") == shape[0], section.integer("size") == shape[2],
        section.integer("batch_normalize") ?? 0 == (isNormalised ? 1 : 0),
        section.options["activation"] == (isNormalised ? "leaky" : "linear")
      else { throw mismatch("convolution \((darknetOrder.firstIndex(of: name) ?? 0) + 1) is not the one of YOLOv3") }
    }
    return (network, classes)
  }
}

extension NetworkBlueprint {
  /// A YOLOv3 with the weights of Darknet. Throws `ModelFileError` where these are another network's.
  package func graph(loading weights: DarknetWeights) throws -> Graph {
    let tensors = try weights.tensors(of: YOLOv3.darknetOrder, shapes: shapes, epsilon: NetworkWriter().normEpsilon)
    return graph { name, _ in tensors[name] }
  }
}
