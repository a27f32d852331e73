/// Walks an index space row by row, and keeps for each of several tensors the offset where the row begins.
/// A stride of 0 repeats an element, a negative one goes backwards.
struct StridedWalk {
  let shape: [Int]
  /// One list of strides (in elements) a tensor, as long as `shape`.
  let strides: [[Int]]
  var offsets: [Int]

  init(shape: [Int], strides: [[Int]], offsets: [Int]? = nil) {
    // A scalar is a row of one.
    self.shape = shape.isEmpty ? [1] : shape
    self.strides = shape.isEmpty ? strides.map { _ in [0] } : strides
    self.offsets = offsets ?? strides.map { _ in 0 }
  }

  /// Elements in a row, and the step of each tensor within it.
  var rowLength: Int { shape[shape.count - 1] }
  var rowStrides: [Int] { strides.map { $0[shape.count - 1] } }

  /// Calls `body` with the number of the row and the offsets of its first elements.
  func rows(_ body: (_ row: Int, _ offsets: [Int]) -> Void) {
    guard shape.allSatisfy({ $0 > 0 }) else { return }
    var offsets = offsets
    var index = shape.map { _ in 0 }
    var row = 0
    while true {
      body(row, offsets)
      row += 1
      var axis = shape.count - 2
      while axis >= 0 {
        index[axis] += 1
        for tensor in offsets.indices { offsets[tensor] += strides[tensor][axis] }
        if index[axis] < shape[axis] { break }
        for tensor in offsets.indices { offsets[tensor] -= strides[tensor][axis] * shape[axis] }
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

/// Strides of a row-major tensor.
func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = shape
  var stride = 1
  for axis in shape.indices.reversed() {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/// Strides that read a tensor of `shape` as if it were broadcast to `target`.
func broadcastStrides(_ shape: [Int], to target: [Int]) -> [Int] {
  let own = zip(rowMajorStrides(shape), shape).map { $1 == 1 ? 0 : $0 }
  return Array(repeating: 0, count: target.count - shape.count) + own
}
