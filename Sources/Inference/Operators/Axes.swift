/// `axis` counted from the front; negative ones count from the back.
func resolvedAxis(_ axis: Int, rank: Int) throws -> Int {
  guard axis >= -rank, axis < rank else {
    throw InferenceError(.invalidGraph, "axis \(axis) does not exist: the tensor has \(rank) dimensions")
  }
  return axis < 0 ? axis + rank : axis
}

func resolvedAxes(_ axes: [Int], rank: Int) throws -> [Int] {
  let resolved = try axes.map { try resolvedAxis($0, rank: rank) }
  guard Set(resolved).count == resolved.count else {
    throw InferenceError(.invalidGraph, "the axes \(axes) name one twice")
  }
  return resolved
}

/// NumPy's rule: shapes are aligned at the back, ones are stretched.
func broadcastShape(_ a: [Int], _ b: [Int]) throws -> [Int] {
  let rank = max(a.count, b.count)
  return try (0..<rank).map { index in
    let left = index + a.count - rank
    let right = index + b.count - rank
    let (m, n) = (left < 0 ? 1 : a[left], right < 0 ? 1 : b[right])
    guard m == n || m == 1 || n == 1 else {
      throw InferenceError(.invalidGraph, "the shapes \(a) and \(b) do not broadcast")
    }
    return m == 1 ? n : m
  }
}

/// A shape seen along one axis: `size` elements there, in each of `outer` blocks, `inner` elements apart.
struct AxisSplit {
  var outer: Int
  var size: Int
  var inner: Int

  init(_ shape: [Int], at axis: Int) {
    outer = shape[..<axis].reduce(1, *)
    size = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
  }

  /// Calls `body` with the position of the first element along the axis, for each of `outer` · `inner` rows.
  @inline(__always)
  func rows(_ body: (_ row: Int, _ first: Int) throws -> Void) rethrows {
    for o in 0..<outer {
      for i in 0..<inner { try body(o * inner + i, o * size * inner + i) }
    }
  }
}

func checkedProduct(_ a: Int, _ b: Int) throws -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  guard !overflow else { throw InferenceError(.invalidGraph, "a size overflows: \(a) × \(b)") }
  return product
}

func checkedSum(_ a: Int, _ b: Int) throws -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  guard !overflow else { throw InferenceError(.invalidGraph, "a size overflows: \(a) + \(b)") }
  return sum
}

extension FixedWidthInteger {
  /// Truncates toward zero; what does not fit goes to the nearest end, and not-a-number to 0.
  init(saturating value: some BinaryFloatingPoint) {
    if value.isNaN {
      self = 0
    } else if let exact = Self(exactly: value.rounded(.towardZero)) {
      self = exact
    } else {
      self = value < 0 ? .min : .max
    }
  }
}
