internal import Inference

extension Graph {
  /// The shapes of the inputs: where free, the first dimension is the batch, and the last two of four are height and
  /// width of a picture of the size `picture`. Throws where another dimension is free too.
  func inputShapes(batch: Int, picture: (width: Int, height: Int)?) throws -> [[Int]] {
    try inputs.map { input in
      var shape: [Int] = []
      for (axis, size) in input.shape.enumerated() {
        if let size {
          if axis == 0 && size != batch {
            throw ModelError(.unusable, "the network takes batches of \(size), not of \(batch)")
          }
          shape.append(size)
        } else if axis == 0 {
          shape.append(batch)
        } else if let picture, input.shape.count == 4, axis >= 2 {
          shape.append(axis == 2 ? picture.height : picture.width)
        } else {
          throw ModelError(
            .unusable,
            "dimension \(axis) of input '\(values[input.value].name)' is free; a model description fixes it with \"input_size\""
          )
        }
      }
      return shape
    }
  }
}
