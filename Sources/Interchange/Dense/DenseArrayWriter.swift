#if HDF5

internal import CHDF5
internal import Files

/// Writes an array of poses frame after frame, a block of them at a time; NaN, or 0, where nothing is put.
struct DenseArrayWriter {
  let array: chdf5_id
  private let output: HDF5Output
  private let layout: DenseLayout
  private let length: Int
  private let strides: DenseStrides
  private let empty: Double
  private var begin = 0
  private var values: [Double]

  /// Throws where the people of a frame are beyond memory, or there are too many frames for a file that has a place for each.
  init(
    _ output: HDF5Output, _ name: String, _ type: chdf5_type, _ axes: [DenseAxis], _ counts: [DenseAxis: Int]
  ) throws(FileError) {
    layout = DenseLayout(axes: axes, shape: axes.map { counts[$0] ?? 1 })
    guard layout.count(.frame) <= DenseLayout.frameLimit, let frameSize = layout.frameSize else {
      throw FileError(
        .invalid,
        problem: "\(layout.shape.map(String.init).joined(separator: " × ")) values are too many for a file "
          + "that has a place for everyone in every frame", remedy: "write another format")
    }
    self.output = output
    (length, empty) = (layout.blockLength(frameSize), type == CHDF5_FLOAT64 ? .nan : 0)
    strides = layout.strides(in: layout.block(length))
    let isEmpty = layout.shape.contains(0)
    array = try output.make(name, type, shape: layout.shape, chunk: isEmpty ? nil : layout.block(length))
    values = Array(repeating: empty, count: isEmpty ? 0 : frameSize * length)
  }

  /// Frames must not fall.
  mutating func put(
    _ value: Double, frame: Int, person: Int = 0, joint: Int = 0, coordinate: Int = 0
  ) throws(FileError) {
    while frame >= begin + length { try flush() }
    values[strides.offset(frame: frame - begin, person: person, joint: joint, coordinate: coordinate)] = value
  }

  mutating func finish() throws(FileError) { while begin < layout.count(.frame) { try flush() } }

  private mutating func flush() throws(FileError) {
    let frames = min(length, layout.count(.frame) - begin)
    if frames == length {
      try output.write(array, at: layout.start(begin), layout.block(length), values)
    } else {
      try output.write(array, at: layout.start(begin), layout.block(frames), shortened(to: frames))
    }
    begin += length
    values = Array(repeating: empty, count: values.count)
  }

  /// The first frames of the block, as an array of their own.
  private func shortened(to frames: Int) -> [Double] {
    stride(from: 0, to: values.count, by: strides.frame * length).flatMap {
      values[$0..<$0 + strides.frame * frames]
    }
  }
}

#endif
