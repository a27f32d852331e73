#if HDF5

internal import Files

/// Reads an array of poses frame after frame, a block of them at a time.
struct DenseReader {
  let layout: DenseLayout
  private let array: HDF5Array
  private let frameSize: Int
  private let length: Int
  private var block: (frames: Range<Int>, strides: DenseStrides, values: [Double]) = (0..<0, DenseStrides(), [])

  /// Throws where the array has other dimensions, or more frames or values than a recording has.
  init(_ array: HDF5Array, _ axes: [DenseAxis]) throws(FileError) {
    guard array.shape.count == axes.count else {
      throw FileError(
        .invalid, place: array.name, problem: "has \(array.shape.count) dimensions where \(axes.count) belong",
        remedy: "write the file again")
    }
    layout = DenseLayout(axes: axes, shape: array.shape)
    guard layout.count(.frame) <= DenseLayout.frameLimit, let frameSize = layout.frameSize else {
      throw FileError(
        .invalid, place: array.name,
        problem: "states \(array.shape.map(String.init).joined(separator: " × ")) values, more than can be read",
        remedy: "split it by video")
    }
    (self.array, self.frameSize) = (array, frameSize)
    let preferred = axes.firstIndex(of: .frame).map { array.chunk[$0] } ?? 1
    length = layout.blockLength(frameSize, preferred: array.chunk == array.shape ? 1024 : preferred)
  }

  /// The value at a place; axes that the array does not have don't count.
  mutating func value(frame: Int, person: Int = 0, joint: Int = 0, coordinate: Int = 0) throws(FileError) -> Double {
    if !block.frames.contains(frame) {
      let frames = frame..<min(frame + length, layout.count(.frame))
      let shape = layout.block(frames.count)
      block = (frames, layout.strides(in: shape), try array.numbers(layout.start(frame), shape))
    }
    let frame = frame - block.frames.lowerBound
    return block.values[block.strides.offset(frame: frame, person: person, joint: joint, coordinate: coordinate)]
  }
}

#endif
