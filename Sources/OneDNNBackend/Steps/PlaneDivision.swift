#if OneDNN

internal import COneDNN

/// Divides the planes of an image among oneDNN's threads.
struct PlaneDivision {
  /// Below this, waking a thread takes longer than the work it saves.
  private static let bytesOfPart = 32_768

  private let planes: Int
  private let parts: Int

  init(_ image: BlockedImage, threads: Int) {
    planes = image.planes
    parts = max(1, min(threads, planes, image.byteCount / Self.bytesOfPart))
  }

  /// Calls `body` with ranges that make up all planes, side by side.
  func callAsFunction(_ body: (Range<Int>) -> Void) {
    guard parts > 1 else { return body(0..<planes) }
    withoutActuallyEscaping(body) { body in
      var work = Work(planes: planes, body: body)
      withUnsafeMutablePointer(to: &work) { work in
        odnn_parallel(
          Int32(parts),
          { context, part, parts in
            guard let work = context?.assumingMemoryBound(to: Work.self).pointee else { return }
            let (part, parts) = (Int(part), Int(parts))
            work.body(work.planes * part / parts..<work.planes * (part + 1) / parts)
          }, work)
      }
    }
  }

  private struct Work {
    var planes: Int
    var body: (Range<Int>) -> Void
  }
}

#endif
