internal import Inference

extension ONNXOperator {
  static let samplings: [String: ONNXOperator] = [
    "GridSample": ONNXOperator(2) { importer, node in
      var parameters = GridSampling()
      parameters.alignsCorners = try node.attributes.flag("align_corners")
      switch try node.attributes.string("mode", "linear") {
      case "linear", "bilinear": parameters.mode = .linear
      case "nearest": parameters.mode = .nearest
      case "cubic", "bicubic": parameters.mode = .cubic
      case let other: throw node.error(.unsupported, "the mode \(other) is not supported")
      }
      switch try node.attributes.string("padding_mode", "zeros") {
      case "zeros": parameters.padding = .zeros
      case "border": parameters.padding = .border
      case "reflection": parameters.padding = .reflection
      case let other: throw node.error(.unsupported, "the padding_mode \(other) is not supported")
      }
      try importer.emit(.gridSample(parameters), node.inputs, for: node)
    },
    "RoiAlign": ONNXOperator(3) { importer, node in
      var parameters = RegionAlignment()
      parameters.height = try node.regionSize("output_height", 1...4096)
      parameters.width = try node.regionSize("output_width", 1...4096)
      parameters.samples = try node.regionSize("sampling_ratio", 0...4096)
      parameters.scale = try node.attributes.float("spatial_scale", 1)
      let standard = node.opset < 16 ? "output_half_pixel" : "half_pixel"
      parameters.centersPixels =
        try node.attributes.string("coordinate_transformation_mode", standard) == "half_pixel"
      switch try node.attributes.string("mode", "avg") {
      case "avg": parameters.takesMaximum = false
      case "max": parameters.takesMaximum = true
      case let other: throw node.error(.unsupported, "the mode \(other) is not supported")
      }
      try importer.emit(.roiAlign(parameters), node.inputs, for: node)
    },
  ]
}

extension ONNXNode {
  fileprivate func regionSize(_ name: String, _ allowed: ClosedRange<Int>) throws -> Int {
    let size = try attributes.int(name, allowed.lowerBound)
    guard allowed.contains(size) else { throw error(.malformed, "\(name) is \(size)") }
    return size
  }
}
