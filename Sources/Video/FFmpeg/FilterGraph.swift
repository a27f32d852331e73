internal import CFFmpeg
internal import CFilters

/// Filters of libavfilter, one after the other, for pictures of one size and pixel format. Owns the chain.
final class FilterGraph {
  struct Filter {
    var name: String
    var options: String
  }

  /// Why there are no filters at all; nil where there are.
  static let problem = cfilters_load().map { String(cString: $0) }

  private let chain: OpaquePointer
  private let width: Int32
  private let height: Int32
  private let format: Int32

  /// - Parameter threads: 0 for as many as there are processors.
  init(_ filters: [Filter], for picture: OwnedFrame, threads: Int) throws(FFmpegError) {
    guard Self.problem == nil else { throw FFmpegError(code: ffmpeg_error_no_filter()) }
    let frame = picture.pointer.pointee
    (width, height, format) = (frame.width, frame.height, frame.format)
    let source = Filter(
      name: "buffer", options: "video_size=\(width)x\(height):pix_fmt=\(format):time_base=1/1000:pixel_aspect=1/1")
    let all = [source] + filters + [Filter(name: "buffersink", options: "")]
    // The strings are copied by the filters.
    let texts = (all.map(\.name) + all.map(\.options)).map { strdup($0) }
    defer { for text in texts { free(text) } }
    let pointers = texts.map { UnsafePointer($0) }
    var made: OpaquePointer?
    try check(
      cfilters_open(
        &made, Array(pointers[..<all.count]), Array(pointers[all.count...]), Int32(all.count), Int32(clamping: threads))
    )
    guard let made else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    chain = made
  }

  deinit { cfilters_close(chain) }

  /// Whether the picture is of the form that the graph was made for.
  func fits(_ picture: OwnedFrame) -> Bool {
    let frame = picture.pointer.pointee
    return (frame.width, frame.height, frame.format) == (width, height, format)
  }

  /// Gives the next picture, which stays as it is, or nil after the last.
  func send(_ picture: OwnedFrame?) throws(FFmpegError) {
    try check(cfilters_send(chain, picture?.pointer))
  }

  func receive(into picture: OwnedFrame) throws(FFmpegError) -> Flow {
    av_frame_unref(picture.pointer)
    return try flow(cfilters_receive(chain, picture.pointer))
  }
}
