/// Where the samples of one axis lie in the source: sample `i` at `start + step · i`, in pixels of the source.
public struct SamplingAxis: Hashable, Sendable {
  public var start: Double
  public var step: Double
  public var count: Int

  public init(start: Double, step: Double, count: Int) {
    self.start = start
    self.step = step
    self.count = count
  }

  /// The axis that resizes `source` pixels to `count`, edges on edges (`INTER_LINEAR` of OpenCV's `resize`).
  public static func resizing(_ source: Int, to count: Int) -> SamplingAxis {
    let step = Double(source) / Double(count)
    return SamplingAxis(start: step / 2 - 0.5, step: step, count: count)
  }
}

/// What lies outside the picture.
public enum SamplingBorder: Hashable, Sendable {
  /// Zero, blended with the edge (`BORDER_CONSTANT` of OpenCV's `warpAffine`).
  case zero
  /// The nearest pixel of the edge.
  case edge
}

/// From a byte to what a network takes: `(byte · scale - mean) / deviation`.
public struct PixelScaling: Hashable, Sendable {
  public var scale: Float
  /// In the order of the planes written.
  public var mean: [Float]
  /// In the order of the planes written.
  public var deviation: [Float]
  /// Whether the planes are B, G, R.
  public var reversesChannels: Bool

  public init(scale: Float = 1, mean: [Float], deviation: [Float], reversesChannels: Bool) {
    precondition(mean.count == 3 && deviation.count == 3, "three channels")
    self.scale = scale
    self.mean = mean
    self.deviation = deviation
    self.reversesChannels = reversesChannels
  }
}

/// The two neighbours of each sample of an axis with their weights.
struct SamplingTaps {
  var first: [Int32]
  var second: [Int32]
  var firstWeight: [Float]
  var secondWeight: [Float]
  /// The source range that any tap with a weight reads; empty where all lie outside.
  var range: Range<Int>

  init(_ axis: SamplingAxis, size: Int, border: SamplingBorder) {
    first = .init(repeating: 0, count: axis.count)
    second = first
    firstWeight = .init(repeating: 0, count: axis.count)
    secondWeight = firstWeight
    var lowest = size
    var highest = -1
    let last = Double(size - 1)
    for index in 0..<axis.count {
      var position = axis.start + axis.step * Double(index)
      switch border {
      case .edge: position = min(max(position, 0), last)
      case .zero: guard position > -1 && position < Double(size) else { continue }
      }
      let below = position.rounded(.down)
      let weight = Float(position - below)
      let near = Int(below)
      first[index] = Int32(min(max(near, 0), size - 1))
      second[index] = Int32(min(max(near + 1, 0), size - 1))
      firstWeight[index] = near >= 0 ? 1 - weight : 0
      secondWeight[index] = near + 1 < size ? weight : 0
      if border == .edge && near + 1 >= size { firstWeight[index] = 1 }
      lowest = min(lowest, Int(first[index]))
      highest = max(highest, Int(second[index]))
    }
    range = lowest <= highest ? lowest..<highest + 1 : 0..<0
    for index in 0..<axis.count where firstWeight[index] == 0 && secondWeight[index] == 0 {
      first[index] = Int32(range.lowerBound)
      second[index] = Int32(range.lowerBound)
    }
  }
}
