#if OneDNN

internal import COneDNN

/// oneDNN's own threads: work of ours runs on them, so that there are no others.
enum OneDNNThreads {
  /// Calls `body` for each of `parts` parts, side by side, on the calling thread too.
  static func run(_ parts: Int, _ body: (_ part: Int, _ parts: Int) -> Void) {
    guard parts > 1 else { return body(0, 1) }
    withoutActuallyEscaping(body) { body in
      var work = Work(body: body)
      withUnsafeMutablePointer(to: &work) { work in
        odnn_parallel(
          Int32(parts),
          { context, part, parts in
            context?.assumingMemoryBound(to: Work.self).pointee.body(Int(part), Int(parts))
          }, work)
      }
    }
  }

  private struct Work {
    var body: (Int, Int) -> Void
  }
}

/// Below this, waking a thread takes longer than the work it saves.
private let bytesOfPart = 32_768

/// Divides the planes of an image among oneDNN's threads.
struct PlaneDivision {
  private let planes: Int
  private let parts: Int

  init(_ image: BlockedImage, threads: Int) {
    planes = image.planes
    parts = max(1, min(threads, planes, image.byteCount / bytesOfPart))
  }

  /// Calls `body` with ranges that make up all planes, side by side.
  func callAsFunction(_ body: (Range<Int>) -> Void) {
    OneDNNThreads.run(parts) { part, parts in body(planes * part / parts..<planes * (part + 1) / parts) }
  }
}

/// Divides the rows of an image among oneDNN's threads, as convolutions do: what a step reads is in the cache of the core then
/// that the step before left it in.
struct RowDivision {
  private let planes: Int
  private let units: Int
  private let unit: Int
  private let parts: Int

  /// Ranges begin with a multiple of `unit` rows, which divides their number.
  init(_ image: BlockedImage, threads: Int, unit: Int = 1) {
    planes = image.planes
    self.unit = unit
    units = image.shape[2] / unit
    parts = max(1, min(threads, units, image.byteCount / bytesOfPart))
  }

  /// Calls `body` with ranges that make up all rows of each plane, side by side.
  func callAsFunction(_ body: (_ plane: Int, _ rows: Range<Int>) -> Void) {
    OneDNNThreads.run(parts) { part, parts in
      let rows = units * part / parts * unit..<units * (part + 1) / parts * unit
      for plane in 0..<planes { body(plane, rows) }
    }
  }
}

#endif
