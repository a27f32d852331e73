internal import Inference

/// The phases of a transposed convolution and the padded input that all of them read.
struct TransposedLayout {
  struct Phase {
    var rows: PhaseAxis
    var columns: PhaseAxis

    /// The kernel's taps that this phase sees.
    var taps: [(y: Int, x: Int)] {
      rows.taps.flatMap { y in columns.taps.map { x in (y, x) } }
    }
  }

  let phases: [Phase]
  let padded: PaddedImages

  init(_ parameters: Convolution, kernel: [Int], input: [Int], output: [Int]) {
    let vertical = PhaseAxis.all(
      stride: parameters.strides[0], kernel: kernel[0], padding: parameters.padding[0], output: output[2])
    let horizontal = PhaseAxis.all(
      stride: parameters.strides[1], kernel: kernel[1], padding: parameters.padding[1], output: output[3])
    phases = vertical.flatMap { rows in horizontal.map { Phase(rows: rows, columns: $0) } }
    let rows = PhaseAxis.padding(vertical, input[2])
    let columns = PhaseAxis.padding(horizontal, input[3])
    padded = PaddedImages(
      channels: input[1], height: input[2], width: input[3],
      padding: [rows.before, columns.before, rows.after, columns.after], phases: 1)
  }

  /// Where the phase's taps lie from the pixel of the first result: tap t reads the input t / stride before it.
  func offsets(_ phase: Phase) -> [Int] {
    phase.taps.map { -padded.offset(y: $0.y / phase.rows.stride, x: $0.x / phase.columns.stride) }
  }

  /// Where the pixel of the phase's first result lies.
  func origin(_ phase: Phase) -> Int {
    padded.offset(y: phase.rows.firstInput + padded.top, x: phase.columns.firstInput + padded.left)
  }
}

/// The outputs of one axis that leave the same remainder: output = stride · q + remainder − padding sees the kernel's taps
/// remainder, remainder + stride … at the inputs q, q − 1 …
struct PhaseAxis {
  var stride: Int
  var taps: [Int]
  var firstOutput: Int
  var count: Int
  /// q of the first output.
  var firstInput: Int

  static func all(stride: Int, kernel: Int, padding: Int, output: Int) -> [PhaseAxis] {
    (0..<stride).compactMap { remainder in
      let first = max(0, (padding - remainder + stride - 1) / stride)
      let firstOutput = stride * first + remainder - padding
      guard firstOutput < output else { return nil }
      return PhaseAxis(
        stride: stride, taps: Array(Swift.stride(from: remainder, to: kernel, by: stride)), firstOutput: firstOutput,
        count: (output - firstOutput - 1) / stride + 1, firstInput: first)
    }
  }

  /// Zeros that the phases read before and after the input.
  static func padding(_ phases: [PhaseAxis], _ size: Int) -> (before: Int, after: Int) {
    let before = phases.map { max(0, $0.taps.count - 1 - $0.firstInput) }.max() ?? 0
    let after = phases.map { max(0, $0.firstInput + $0.count - size) }.max() ?? 0
    return (before, after)
  }
}
