private import Pipeline
private import Timing
package import Video

/// Where a long video is cut into parts of about the same length.
package struct PartRanges: Hashable, Sendable {
  /// Together all frames, also where the video turns out to be longer than it says; one range where one part would be all.
  package let all: [Range<Int>]

  /// nil where a video does not tell how long it is.
  package init?(_ info: VideoInfo, _ options: VideoReaderOptions, minutes: Double) {
    guard let count = info.estimatedFrameCount, let duration = info.duration?.seconds, duration > 0 else { return nil }
    let rate = Double(count) / duration
    let first = Int(min(options.start ?? 0, duration) * rate)
    let end = Int((min(options.end ?? duration, duration) * rate).rounded(.up))
    let asked = first..<max(first, min(end, first + (options.maxFrames ?? count) * options.stride))
    let sections = Int((minutes * 60 * rate / Double(AnalysisLine.section)).rounded(.up))
    let length = sections * AnalysisLine.section
    let cuts = Array(stride(from: (asked.lowerBound / length + 1) * length, to: asked.upperBound, by: length))
    all = zip([0] + cuts, cuts + [.max]).map { $0..<$1 }
  }
}
