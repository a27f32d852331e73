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
    OneDNNThreads.run(parts) { part, parts in body(planes * part / parts..<planes * (part + 1) / parts) }
  }
}

#endif
