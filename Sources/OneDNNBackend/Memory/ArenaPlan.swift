#if OneDNN

/// Offsets of buffers in one arena, such that buffers that are in use at the same time do not overlap.
struct ArenaPlan {
  struct Request {
    var byteCount: Int
    /// First and last step that use the buffer; empty for one that nothing uses.
    var steps: ClosedRange<Int>?
  }

  static let alignment = 64

  private(set) var offsets: [Int]
  private(set) var byteCount = 0

  /// Largest first, each into the lowest gap that is free during its life (Pisarchyk and Lee, "Efficient Memory
  /// Management for Deep Neural Net Inference", 2020, greedy by size).
  init(_ requests: [Request]) {
    offsets = Array(repeating: 0, count: requests.count)
    var placed: [(steps: ClosedRange<Int>, bytes: Range<Int>)] = []
    let order = requests.indices.sorted { (requests[$1].byteCount, $0) < (requests[$0].byteCount, $1) }
    for index in order {
      guard let steps = requests[index].steps else { continue }
      let size = (requests[index].byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
      var offset = 0
      for other in placed where other.steps.overlaps(steps) {
        if other.bytes.lowerBound >= offset + size { break }
        offset = max(offset, other.bytes.upperBound)
      }
      offsets[index] = offset
      byteCount = max(byteCount, offset + size)
      let place = placed.firstIndex { $0.bytes.lowerBound > offset } ?? placed.count
      placed.insert((steps, offset..<offset + size), at: place)
    }
  }
}

#endif
