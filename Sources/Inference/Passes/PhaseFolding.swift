/// Lets a convolution read the image itself where its channels are phases of one, that is, every second (third …) row and
/// column: the focus of YOLOX, and space-to-depth. Kernel and stride become as much larger.
struct PhaseFolding: GraphPass {
  /// Of more channels, other methods compute the smaller kernels faster.
  private static let mostChannels = 4

  func run(_ editor: inout GraphEditor) throws {
    try editor.forEachNode { editor, index in
      var node = editor.node(index)
      guard case .convolution(var convolution) = node.operation, convolution.groups == 1,
        convolution.dilations == [1, 1], let phases = Phases(of: node.inputs[0], editor),
        let picture = editor.types[phases.picture], picture.shape[1] <= Self.mostChannels,
        let weights = editor.constant(node.inputs[1])
      else { return }
      let larger = try phases.weights(weights.loaded(), channels: picture.shape[1])
      convolution.strides = convolution.strides.map { $0 * phases.step }
      convolution.padding = convolution.padding.map { $0 * phases.step }
      node.operation = .convolution(convolution)
      node.inputs[0] = phases.picture
      node.inputs[1] = editor.addConstant(larger, name: "\(node.name).weight")
      editor.replace(index, with: node)
    }
  }
}

/// Phases of a picture that follow each other as channels.
private struct Phases {
  let picture: Graph.ValueID
  /// From one row or column of a phase to the next.
  let step: Int
  /// The first row and column of each.
  let corners: [(row: Int, column: Int)]

  init?(of value: Graph.ValueID, _ editor: GraphEditor) {
    guard let producer = editor.producer(of: value) else { return nil }
    let node = editor.node(producer)
    if let rearrangement = node.operation.as(SpaceToDepth.self) {
      let step = rearrangement.blockSize
      picture = node.inputs[0]
      self.step = step
      corners = (0..<step * step).map { ($0 / step, $0 % step) }
    } else if node.operation == .concatenate(axis: 1) {
      let parts = node.inputs.map { Part($0, editor) }
      let (first, step) = (parts[0], parts[0].steps[0])
      guard step > 1, let shape = editor.types[first.picture]?.shape, shape.count == 4,
        shape[2] % step == 0, shape[3] % step == 0,
        parts.allSatisfy({
          $0.picture == first.picture && $0.steps == [step, step] && $0.corner.row < step && $0.corner.column < step
        })
      else { return nil }
      picture = first.picture
      self.step = step
      corners = parts.map(\.corner)
    } else {
      return nil
    }
  }

  /// Those over the picture. `weights`: O × (phases · channels) × kH × kW.
  func weights(_ weights: Tensor, channels: Int) throws -> Tensor {
    let (outputs, height, width) = (weights.shape[0], weights.shape[2], weights.shape[3])
    let shape = [outputs, channels, height * step, width * step]
    return try Tensor(shape: shape) { result in
      result.initialize(repeating: 0)
      weights.withFloats { weights in
        var index = 0
        for output in 0..<outputs {
          for corner in corners {
            for channel in 0..<channels {
              for y in 0..<height {
                let row = ((output * channels + channel) * shape[2] + y * step + corner.row) * shape[3]
                for x in 0..<width {
                  result[row + x * step + corner.column] += weights[index]
                  index += 1
                }
              }
            }
          }
        }
      }
    }
  }
}

/// What slices leave of a picture: rows and columns from a corner on, to the last.
private struct Part {
  var picture: Graph.ValueID
  var corner = (row: 0, column: 0)
  /// From row to row, and from column to column.
  var steps = [1, 1]

  init(_ value: Graph.ValueID, _ editor: GraphEditor) {
    picture = value
    guard let producer = editor.producer(of: value) else { return }
    let node = editor.node(producer)
    let operands = Operands(
      node.inputs.map { input in
        guard input != Graph.Node.absent, let type = editor.types[input] else { return nil }
        return Operands.Operand(type: type, value: editor.constant(input))
      })
    guard node.operation == .slice, let from = editor.types[node.inputs[0]], from.rank == 4,
      let slice = try? SliceGeometry(operands), slice.starts[..<2] == [0, 0], slice.shape[..<2] == from.shape[..<2],
      (2..<4).allSatisfy({ axis in
        slice.steps[axis] > 0 && slice.shape[axis] > 0
          && slice.starts[axis] + slice.shape[axis] * slice.steps[axis] >= from.shape[axis]
      })
    else { return }
    self = Part(node.inputs[0], editor)
    corner = (corner.row + slice.starts[2] * steps[0], corner.column + slice.starts[3] * steps[1])
    steps = [steps[0] * slice.steps[2], steps[1] * slice.steps[3]]
  }
}
