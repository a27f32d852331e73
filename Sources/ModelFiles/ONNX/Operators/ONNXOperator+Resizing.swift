internal import Inference

extension ONNXOperator {
  static let resizing: [String: ONNXOperator] = [
    "Resize": ONNXOperator(1...4, resize),
    "Upsample": ONNXOperator(1...2) { importer, node in
      let scales: Graph.ValueID
      if let listed = try node.attributes.floats("scales") {
        scales = importer.constant(floats: listed)
      } else {
        scales = node.optionalInput(1)
      }
      guard scales != Graph.Node.absent else { throw node.error(.malformed, "it has no scales") }
      try importer.emitEarlyResize(scales: scales, for: node)
    },
  ]

  @Sendable private static func resize(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    if node.opset < 11 {
      guard node.inputs.count == 2 else { throw node.error(.malformed, "it has no scales") }
      return try importer.emitEarlyResize(scales: node.inputs[1], for: node)
    }
    var resize = Resize()
    resize.mode = try node.resizeMode()
    resize.coordinates = try node.resizeCoordinates()
    resize.rounding = try node.resizeRounding()
    resize.cubicCoefficient = try node.attributes.float("cubic_coeff_a", -0.75)
    node.attributes.ignore("extrapolation_value")
    try node.attributes.require("exclude_outside", is: 0)
    try node.attributes.require("antialias", is: 0)
    guard try node.attributes.string("keep_aspect_ratio_policy", "stretch") == "stretch" else {
      throw node.error(.unsupported, "only the keep_aspect_ratio_policy stretch is supported")
    }
    var scales = importer.unlessEmpty(node.optionalInput(2))
    var sizes = importer.unlessEmpty(node.optionalInput(3))
    guard (scales == Graph.Node.absent) != (sizes == Graph.Node.absent) else {
      throw node.error(.malformed, "it needs either scales or sizes")
    }
    try importer.completeAxes(&scales, &sizes, of: node)
    try importer.emit(.resize(resize), [node.inputs[0], Graph.Node.absent, scales, sizes], for: node)
  }
}

extension ONNXImporter {
  fileprivate mutating func constant(floats: [Float]) -> ValueID {
    constant(Tensor(shape: [floats.count], floats))
  }

  /// Upsample, and Resize of operator set 10: the coordinates are divided by the scale, nearest rounds down.
  fileprivate mutating func emitEarlyResize(scales: ValueID, for node: ONNXNode) throws {
    var resize = Resize()
    resize.mode = try node.resizeMode()
    resize.coordinates = .asymmetric
    resize.rounding = .floor
    try emit(
      .resize(resize), [node.inputs[0], Graph.Node.absent, scales, Graph.Node.absent], for: node)
  }

  /// Exporters write an empty tensor where they mean that an input is not given.
  fileprivate func unlessEmpty(_ value: ValueID) -> ValueID {
    constant(of: value)?.count == 0 ? Graph.Node.absent : value
  }

  /// Since operator set 18 scales and sizes may be given for some axes only: here for height and width of an image.
  fileprivate mutating func completeAxes(
    _ scales: inout ValueID, _ sizes: inout ValueID, of node: ONNXNode
  ) throws {
    guard let axes = try node.attributes.ints("axes"), axes != [0, 1, 2, 3] else { return }
    guard axes == [2, 3] || axes == [-2, -1] else {
      throw node.error(.unsupported, "the axes \(axes) are not supported; only height and width are")
    }
    if scales != Graph.Node.absent {
      scales = step(.concatenate(axis: 0), [constant(floats: [1, 1]), scales], of: node)
    } else {
      let kept = step(.shape(start: 0, end: 2), [node.inputs[0]], of: node)
      sizes = step(.concatenate(axis: 0), [kept, sizes], of: node)
    }
  }
}

extension ONNXNode {
  fileprivate func resizeMode() throws -> Resize.Mode {
    switch try attributes.string("mode", "nearest") {
    case "nearest": .nearest
    case "linear", "bilinear": .linear
    case "cubic": .cubic
    case let other: throw error(.unsupported, "the mode \(other) is not supported")
    }
  }

  fileprivate func resizeCoordinates() throws -> Resize.Coordinates {
    switch try attributes.string("coordinate_transformation_mode", "half_pixel") {
    case "half_pixel": .halfPixel
    case "asymmetric": .asymmetric
    case "align_corners": .alignCorners
    case "pytorch_half_pixel": .pytorchHalfPixel
    case let other: throw error(.unsupported, "the coordinate_transformation_mode \(other) is not supported")
    }
  }

  fileprivate func resizeRounding() throws -> Resize.Rounding {
    switch try attributes.string("nearest_mode", "round_prefer_floor") {
    case "round_prefer_floor": .roundPreferFloor
    case "round_prefer_ceil": .roundPreferCeil
    case "floor": .floor
    case "ceil": .ceil
    case let other: throw error(.unsupported, "the nearest_mode \(other) is not supported")
    }
  }
}
