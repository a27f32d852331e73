/// What a dimension of an array of poses counts.
enum DenseAxis: String, CaseIterable {
  case frame
  case person = "track"
  case joint = "node"
  case coordinate = "xy"
}

/// How an array with a place for everyone in every frame is cut into blocks of frames.
struct DenseLayout {
  let axes: [DenseAxis]
  let shape: [Int]

  /// Frames of a dense file, at most: more than 90 hours at 30 a second.
  static let frameLimit = 10_000_000
  private static let blockSize = 1 << 24

  func count(_ axis: DenseAxis) -> Int { axes.firstIndex(of: axis).map { shape[$0] } ?? 1 }

  /// Values of one frame; nil where they are beyond memory.
  var frameSize: Int? {
    let counts = axes.indices.filter { axes[$0] != .frame }.map { shape[$0] }
    let size = counts.reduce(1) { $0.multipliedReportingOverflow(by: $1).overflow ? .max : $0 * $1 }
    return size <= 1 << 27 ? size : nil
  }

  /// Frames that are in memory at once; `preferred` where that is not too many.
  func blockLength(_ frameSize: Int, preferred: Int = 1024) -> Int {
    max(1, min(preferred, count(.frame), Self.blockSize / max(8 * frameSize, 1)))
  }

  /// The extent of a block of so many frames.
  func block(_ length: Int) -> [Int] { zip(axes, shape).map { $0 == .frame ? length : $1 } }

  /// Where a block begins.
  func start(_ frame: Int) -> [Int] { axes.map { $0 == .frame ? frame : 0 } }

  func strides(in block: [Int]) -> DenseStrides {
    let stride = { (axis: DenseAxis) in axes.firstIndex(of: axis).map { block[($0 + 1)...].reduce(1, *) } ?? 0 }
    return DenseStrides(
      frame: stride(.frame), person: stride(.person), joint: stride(.joint), coordinate: stride(.coordinate))
  }
}

/// How far apart the values of neighbours lie; 0 along an axis that is not there.
struct DenseStrides {
  var frame = 0
  var person = 0
  var joint = 0
  var coordinate = 0

  func offset(frame: Int, person: Int, joint: Int, coordinate: Int) -> Int {
    frame * self.frame + person * self.person + joint * self.joint + coordinate * self.coordinate
  }
}
