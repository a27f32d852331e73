public import Inference

extension Graph {
  /// The shapes of the inputs with the first free dimension as the batch. Throws where another dimension is free too.
  public func inputShapes(batch: Int) throws -> [[Int]] {
    try inputs.map { input in
      var shape: [Int] = []
      for (axis, size) in input.shape.enumerated() {
        if let size {
          if axis == 0 && size != batch {
            throw PipelineError(.unusable, "the network takes batches of \(size), not of \(batch)")
          }
          shape.append(size)
        } else if axis == 0 {
          shape.append(batch)
        } else {
          throw PipelineError(
            .unusable,
            "dimension \(axis) of input '\(values[input.value].name)' is free; a model description fixes it with \"input_size\""
          )
        }
      }
      return shape
    }
  }
}
