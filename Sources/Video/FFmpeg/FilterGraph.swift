internal import CFFmpeg

/// Filters of libavfilter, one after the other, for pictures of one size and pixel format. Owns the graph.
final class FilterGraph {
  struct Filter {
    var name: String
    var options: String
  }

  private let graph: UnsafeMutablePointer<AVFilterGraph>
  private let source: UnsafeMutablePointer<AVFilterContext>
  private let sink: UnsafeMutablePointer<AVFilterContext>
  private let width: Int32
  private let height: Int32
  private let format: Int32

  /// - Parameter threads: 0 for as many as there are processors.
  init(_ filters: [Filter], for picture: OwnedFrame, threads: Int) throws(FFmpegError) {
    let frame = picture.pointer.pointee
    (width, height, format) = (frame.width, frame.height, frame.format)
    guard let made = avfilter_graph_alloc() else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    var (first, last): (UnsafeMutablePointer<AVFilterContext>?, UnsafeMutablePointer<AVFilterContext>?)
    do throws(FFmpegError) {
      made.pointee.nb_threads = Int32(clamping: threads)
      let buffer = Filter(
        name: "buffer",
        options: "video_size=\(width)x\(height):pix_fmt=\(format):time_base=1/1000:pixel_aspect=1/1")
      for filter in [buffer] + filters + [Filter(name: "buffersink", options: "")] {
        var context: UnsafeMutablePointer<AVFilterContext>?
        try check(
          avfilter_graph_create_filter(
            &context, avfilter_get_by_name(filter.name), nil, filter.options, nil, made))
        if let last { try check(avfilter_link(last, 0, context, 0)) }
        first = first ?? context
        last = context
      }
      try check(avfilter_graph_config(made, nil))
    } catch {
      var freed: UnsafeMutablePointer<AVFilterGraph>? = made
      avfilter_graph_free(&freed)
      throw error
    }
    guard let first, let last else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    (graph, source, sink) = (made, first, last)
  }

  deinit {
    var freed: UnsafeMutablePointer<AVFilterGraph>? = graph
    avfilter_graph_free(&freed)
  }

  /// Whether the picture is of the form that the graph was made for.
  func fits(_ picture: OwnedFrame) -> Bool {
    let frame = picture.pointer.pointee
    return (frame.width, frame.height, frame.format) == (width, height, format)
  }

  /// Gives the next picture, which stays as it is, or nil after the last.
  func send(_ picture: OwnedFrame?) throws(FFmpegError) {
    try check(av_buffersrc_add_frame_flags(source, picture?.pointer, Int32(AV_BUFFERSRC_FLAG_KEEP_REF)))
  }

  func receive(into picture: OwnedFrame) throws(FFmpegError) -> Flow {
    av_frame_unref(picture.pointer)
    return try flow(av_buffersink_get_frame(sink, picture.pointer))
  }
}
