extension ReferenceKernels {
  static func maxPool(_ pooling: Pooling, _ x: Tensor, _ shape: [Int]) -> Tensor {
    pool(pooling, x, shape) { window, _ in window.max() ?? -.infinity }
  }

  /// The divisor counts the window's pixels inside the image or, where `countsPadding`, inside the padded image; pixels
  /// that only rounding up the output size reaches never count.
  static func averagePool(_ pooling: Pooling, _ x: Tensor, _ shape: [Int], countsPadding: Bool) -> Tensor {
    pool(pooling, x, shape) { window, paddedCount in
      window.reduce(0, +) / Float(max(countsPadding ? paddedCount : window.count, 1))
    }
  }

  /// Hands each window's pixels, and how many positions it has inside the padded image, to `summarise`.
  private static func pool(
    _ pooling: Pooling, _ x: Tensor, _ shape: [Int], _ summarise: ([Float], _ paddedCount: Int) -> Float
  ) -> Tensor {
    let (height, width) = (x.shape[2], x.shape[3])
    func positions(_ axis: Int, _ index: Int, size: Int) -> (inside: [Int], paddedCount: Int) {
      let first = index * pooling.strides[axis] - pooling.padding[axis]
      let all = (0..<pooling.kernel[axis]).map { first + $0 * pooling.dilations[axis] }
      let paddedCount = all.filter { $0 < size + pooling.padding[axis + 2] }.count
      return (all.filter { $0 >= 0 && $0 < size }, paddedCount)
    }
    let rows = (0..<shape[2]).map { positions(0, $0, size: height) }
    let columns = (0..<shape[3]).map { positions(1, $0, size: width) }
    return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        var index = 0
        var window: [Float] = []
        for plane in 0..<shape[0] * shape[1] {
          for row in rows {
            for column in columns {
              window.removeAll(keepingCapacity: true)
              for y in row.inside {
                for x0 in column.inside {
                  window.append(x[(plane * height + y) * width + x0])
                }
              }
              output[index] = summarise(window, row.paddedCount * column.paddedCount)
              index += 1
            }
          }
        }
      }
    }
  }
}
