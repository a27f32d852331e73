internal import CFFmpeg
internal import Foundation

/// The pictures of another source, where they are interlaced each as it is at the moment of its first field.
///
/// libavfilter's bwdif looks at the pictures before and after, so it is one picture behind; it makes one picture of each. Once it
/// has begun, all pictures go through it, those that are not marked as they are.
final class DeinterlacedSource: PictureSource {
  private let source: any PictureSource
  private let all: Bool
  private let threads: Int
  private let stop: StopRequest
  private let file: URL
  private let input: OwnedFrame
  private var graph: FilterGraph?
  /// Of the pictures in the graph.
  private var places: [PicturePlace] = []
  /// Of ``input``, where that waits until the graph for pictures of another form is empty.
  private var waiting: PicturePlace?
  private var hasBegun = false
  private var isUnable = false

  /// - Parameter all: Whether pictures are taken for interlaced that are not marked so.
  init(
    _ source: any PictureSource, all: Bool, threads: Int, stop: StopRequest, file: URL
  ) throws(VideoError) {
    (self.source, self.all, self.threads, self.stop, self.file) = (source, all, threads, stop, file)
    do throws(FFmpegError) { input = try OwnedFrame() } catch { throw error.videoError(.outOfMemory, file: file, "") }
  }

  var damage: DecodeDamage { source.damage }

  var warnings: [String] {
    let own =
      isUnable
      ? ["its pictures can't be deinterlaced and are left as they are"]
      : hasBegun ? ["its interlaced pictures are deinterlaced; --deinterlace off leaves them as they are"] : []
    return source.warnings + own
  }

  func orientation(of frame: OwnedFrame) -> Orientation { source.orientation(of: frame) }

  func describe(into info: inout VideoInfo) { source.describe(into: &info) }

  func next(into frame: OwnedFrame) throws(VideoError) -> PicturePlace? {
    while true {
      if let place = try finished(frame) { return place }
      guard let place = try nextInput() else {
        // Without the picture that follows, the last one would be another than in a run that is not interrupted.
        guard graph != nil, !stop.isMade else { return nil }
        try send(nil)
        continue
      }
      waiting = nil
      guard isInterlaced else {
        av_frame_unref(frame.pointer)
        av_frame_move_ref(frame.pointer, input.pointer)
        return place
      }
      try pass(on: place)
    }
  }

  /// Decodes the next picture into ``input``, unless one waits there.
  private func nextInput() throws(VideoError) -> PicturePlace? {
    if let waiting { return waiting }
    return try source.next(into: input)
  }

  private var isInterlaced: Bool {
    !isUnable && (all || hasBegun || ffmpeg_is_interlaced(input.pointer))
  }

  /// The next picture that the graph has done; nil where it has none, and needs another one or has ended.
  private func finished(_ frame: OwnedFrame) throws(VideoError) -> PicturePlace? {
    guard let graph else { return nil }
    let flow = try attempt { () throws(FFmpegError) in try graph.receive(into: frame) }
    if flow == .end { self.graph = nil }
    return flow == .ready ? places.removeFirst() : nil
  }

  /// Gives ``input`` to the graph, to one for its form, once the one before is empty.
  private func pass(on place: PicturePlace) throws(VideoError) {
    if let graph, !graph.fits(input) {
      waiting = place
      return try send(nil)
    }
    hasBegun = true
    if graph == nil {
      let options = "mode=send_frame:parity=auto:deint=\(all ? "all" : "interlaced")"
      do throws(FFmpegError) {
        graph = try FilterGraph([.init(name: "bwdif", options: options)], for: input, threads: threads)
      } catch {
        if let problem = FilterGraph.problem {
          throw VideoError(
            .noDecoder, file: file,
            "its pictures are interlaced, and libavfilter, which takes them apart, can't be loaded; install it, or leave"
              + " them as they are with --deinterlace off", cause: problem)
        }
        // Pictures of one or two rows, for example.
        isUnable = true
        waiting = place
        return
      }
    }
    places.append(place)
    try send(input)
  }

  private func send(_ picture: OwnedFrame?) throws(VideoError) {
    try attempt { () throws(FFmpegError) in try graph?.send(picture) }
  }

  private func attempt<Result>(_ body: () throws(FFmpegError) -> Result) throws(VideoError) -> Result {
    do throws(FFmpegError) { return try body() } catch {
      throw error.videoError(.noDecoder, file: file, "its pictures can't be deinterlaced; try --deinterlace off")
    }
  }
}
