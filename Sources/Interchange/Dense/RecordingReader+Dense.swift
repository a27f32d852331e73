#if HDF5

internal import Files
internal import Timing

extension RecordingReader {
  /// The poses of arrays, frame by frame.
  ///
  /// - Parameter place: The index and the time of the frame at a place in the arrays.
  convenience init(
    _ file: InputText, _ header: RecordingHeader, _ poses: DensePoses,
    place: @escaping @Sendable (Int) -> (index: Int, time: MediaTime?)
  ) throws(FileError) {
    self.init(file.name, header: header, frameCount: poses.frameCount, contents: try poses.contents()) {
      () throws(FileError) in
      var (poses, next) = (poses, 0)
      return { () throws(FileError) in
        guard next < poses.frameCount else { return nil }
        defer { next += 1 }
        let (index, time) = place(next)
        return RecordedFrame(index: index, time: time, people: try poses.people(in: next))
      }
    }
  }
}

#endif
