import Testing
internal import Timing

@testable internal import Batch
@testable internal import Video

@Test(
  arguments: [
    // A section has 256 frames: a minute of 25 frames a second is six of them, rounded up.
    (4000, nil, nil, [0, 1536, 3072, .max]), (1536, nil, nil, [0, .max]), (1537, nil, nil, [0, 1536, .max]),
    (4000, 70, nil, [0, 3072, .max]), (4000, nil, 100, [0, 1536, .max]),
  ] as [(Int, Double?, Double?, [Int])])
func `long videos are cut at sections`(frames: Int, start: Double?, end: Double?, cuts: [Int]) {
  var info = VideoInfo(
    kind: .video, format: PictureFormat(width: 64, height: 48, timeBase: Rational(1, 25)), codec: "", container: "",
    stream: 0, startTime: .zero, duration: MediaTime(Int64(frames), Rational(1, 25)), estimatedFrameCount: frames,
    audioStreamCount: 0)
  var options = VideoReaderOptions()
  (options.start, options.end) = (start, end)
  let ranges = PartRanges(info, options, minutes: 1)
  #expect(ranges?.all == zip(cuts, cuts.dropFirst()).map { $0..<$1 })
  info.estimatedFrameCount = nil
  #expect(PartRanges(info, options, minutes: 1) == nil)
}
