internal import Inference

/// The mirrored pass of a flip test: pictures turned round on the way in, outputs turned back and averaged.
///
/// mmpose 1.x `flip_heatmaps`, `flip_vectors` and the heads' `predict`.
struct FlipTest: Sendable {
  /// For every joint the one that takes its place in the mirror.
  let flipIndices: [Int]
  /// Whether maps are moved one pixel to the right after turning, since classic maps are not aligned in the mirror.
  let shifts: Bool

  /// The same pictures mirrored along their width.
  static func mirrored(_ input: Tensor) throws -> Tensor {
    let width = input.shape[3]
    return try Tensor(shape: input.shape) { (output: UnsafeMutableBufferPointer<Float>) in
      input.withFloats { source in
        for row in stride(from: 0, to: source.count, by: width) {
          for x in 0..<width {
            output[row + x] = source[row + width - 1 - x]
          }
        }
      }
    }
  }

  /// The mean of an output and of the mirrored picture's output.
  func average(_ maps: PredictionMaps, mirrored: PredictionMaps, layout: OutputLayout) -> PredictionMaps {
    var result = maps
    for channel in 0..<maps.channels {
      let (joint, part) = channel.quotientAndRemainder(dividingBy: layout.channelsPerJoint)
      let other = flipIndices[joint] * layout.channelsPerJoint + part
      let sign: Float = part == layout.mirroredChannel ? -1 : 1
      for row in 0..<maps.height {
        let target = (channel * maps.height + row) * maps.width
        let source = (other * maps.height + row) * maps.width
        for x in 0..<maps.width {
          result.values[target + x] =
            (maps.values[target + x] + sign * mirrored.values[source + turned(x, maps.width, layout)]) * 0.5
        }
      }
    }
    return result
  }

  /// Maps of a mirrored picture, one a joint, turned back.
  func turnedBack(_ maps: PredictionMaps) -> PredictionMaps {
    var result = maps
    for channel in 0..<maps.channels {
      for row in 0..<maps.height {
        let target = (channel * maps.height + row) * maps.width
        let source = (flipIndices[channel] * maps.height + row) * maps.width
        for x in 0..<maps.width { result.values[target + x] = maps.values[source + turned(x, maps.width, .heatmaps)] }
      }
    }
    return result
  }

  /// The column of the mirrored output that belongs on column `x`.
  private func turned(_ x: Int, _ width: Int, _ layout: OutputLayout) -> Int {
    guard layout.isAlongX else { return x }
    let unshifted = shifts && layout.shape == .maps ? max(x - 1, 0) : x
    return width - 1 - unshifted
  }
}
