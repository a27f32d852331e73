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

  /// - Parameter tile: the results are made in squares of so many, so that the padding reaches further; columns are sorted
  ///   by their remainder modulo it.
  init(_ parameters: Convolution, kernel: [Int], input: [Int], output: [Int], tile: Int = 1) {
    let vertical = PhaseAxis.all(
      stride: parameters.strides[0], kernel: kernel[0], padding: parameters.padding[0], output: output[2])
    let horizontal = PhaseAxis.all(
      stride: parameters.strides[1], kernel: kernel[1], padding: parameters.padding[1], output: output[3])
    phases = vertical.flatMap { rows in horizontal.map { Phase(rows: rows, columns: $0) } }
    let rows = PhaseAxis.padding(vertical, input[2], tile)
    let columns = PhaseAxis.padding(horizontal, input[3], tile)
    padded = PaddedImages(
      channels: input[1], height: input[2], width: input[3],
      padding: [rows.before, columns.before, rows.after, columns.after], phases: tile)
  }

  /// Where the pixels under the taps of the phase's first result lie: tap t reads the input t / stride before it.
  func offsets(_ phase: Phase) -> [Int] {
    phase.taps.map { tap in
      padded.offset(
        y: phase.rows.firstInput + padded.top - tap.y / phase.rows.stride,
        x: phase.columns.firstInput + padded.left - tap.x / phase.columns.stride)
    }
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

  /// Zeros that the phases, cut into tiles, read before and after the input.
  static func padding(_ phases: [PhaseAxis], _ size: Int, _ tile: Int) -> (before: Int, after: Int) {
    let before = phases.map { max(0, $0.taps.count - 1 - $0.firstInput) }.max() ?? 0
    let after = phases.map { max(0, $0.firstInput + ($0.count + tile - 1) / tile * tile - size) }.max() ?? 0
    return (before, after)
  }
}
