internal import CFFmpeg
internal import Foundation

/// One open media file, giving packets. Owns the format context.
///
/// Only files are opened, and only formats that hold their pictures themselves (``MediaFormats``), so that no input reaches
/// the network or another file.
final class Demuxer {
  let file: URL
  let context: UnsafeMutablePointer<AVFormatContext>
  /// Ends every wait for the file.
  let stop: StopRequest
  /// Whether reading ended because that was asked for, and not with the file.
  private(set) var wasStopped = false
  private let complaints: Complaints

  init(_ source: SourceFile, stop: StopRequest) throws(VideoError) {
    _ = boundFFmpeg
    file = source.url
    self.stop = stop
    do throws(FFmpegError) { complaints = try Complaints() } catch {
      throw error.videoError(.outOfMemory, file: source.url, "")
    }
    let options = OwnedOptions(["protocol_whitelist": "file", "format_whitelist": MediaFormats.whitelist])
    var opened = avformat_alloc_context()
    opened?.pointee.interrupt_callback = stop.callback
    opened?.pointee.opaque = UnsafeMutableRawPointer(complaints.pointer)
    let result = avformat_open_input(&opened, file.ffmpegName, nil, &options.pointer)
    guard result >= 0, let opened else { throw Demuxer.openError(FFmpegError(code: result), source) }
    context = opened
    // Of the index much is said that does no harm.
    complaints.await(from: 0)
    try findStreams()
  }

  deinit {
    var freed: UnsafeMutablePointer<AVFormatContext>? = context
    avformat_close_input(&freed)
  }

  var streams: UnsafeMutableBufferPointer<UnsafeMutablePointer<AVStream>?> {
    UnsafeMutableBufferPointer(start: context.pointee.streams, count: Int(context.pointee.nb_streams))
  }

  func stream(_ index: Int) -> UnsafeMutablePointer<AVStream>? {
    streams.indices.contains(index) ? streams[index] : nil
  }

  /// Numbers of the programmes that a stream belongs to; none where the file has no programmes.
  func programmes(of stream: UnsafeMutablePointer<AVStream>) -> Set<Int> {
    var numbers: Set<Int> = []
    var programme = av_find_program_from_stream(context, nil, stream.pointee.index)
    while let found = programme {
      numbers.insert(Int(found.pointee.id))
      programme = av_find_program_from_stream(context, found, stream.pointee.index)
    }
    return numbers
  }

  var containerName: String { context.pointee.iformat.map { String(cString: $0.pointee.name) } ?? "" }

  /// Whether every picture stands in an index, as in MP4 and MOV.
  var hasWholeIndex: Bool { containerName.split(separator: ",").contains("mov") }

  /// Where players put zero, in microseconds: the start of the container, where that is not before 0.
  var startMicroseconds: Int64 {
    let start = context.pointee.start_time
    return start == ffmpeg_no_timestamp() ? 0 : max(0, start)
  }

  /// Whether the format of the file allows its clock to break, and to begin anywhere.
  var mayBreakItsClock: Bool { (context.pointee.iformat.map { $0.pointee.flags } ?? 0) & AVFMT_TS_DISCONT != 0 }

  /// Whether the clock of the file begins anywhere: its format allows that, or it was cut out of a long recording.
  var hasArbitraryStart: Bool { mayBreakItsClock || startMicroseconds > 60 * Int64(AV_TIME_BASE) }

  /// Packets of other streams are skipped from here on.
  func select(_ indices: Set<Int>) {
    for (index, stream) in streams.enumerated() where !indices.contains(index) {
      stream?.pointee.discard = AVDISCARD_ALL
    }
  }

  /// Whether damage was skipped since the last call. Only of formats whose errors mean that: their demuxers look for the next
  /// piece that makes sense, and give no error.
  func hasSkippedDamage() -> Bool {
    let tells = !Set(containerName.split(separator: ",")).isDisjoint(with: ["matroska", "flv", "live_flv"])
    defer { complaints.await(from: 0) }
    return tells && complaints.isRaised
  }

  func read(into packet: OwnedPacket) throws(FFmpegError) -> Flow {
    av_packet_unref(packet.pointer)
    let result = av_read_frame(context, packet.pointer)
    // What a demuxer says that was stopped, it would say of damage, too.
    wasStopped = wasStopped || stop.isMade
    return wasStopped ? .end : try flow(result)
  }

  private func findStreams() throws(VideoError) {
    try checkSizes()
    let limits = streams.map { _ in OwnedOptions(["max_pixels": String(PictureLimits.video.area)]) }
    var pointers = limits.map(\.pointer)
    let result = avformat_find_stream_info(context, &pointers)
    for (limit, pointer) in zip(limits, pointers) { limit.pointer = pointer }
    if result < 0 {
      throw FFmpegError(code: result).videoError(
        .notAVideo, file: file, "its streams can't be read; the file is damaged or not a video")
    }
    try checkSizes()
  }

  private func checkSizes() throws(VideoError) {
    for stream in streams {
      guard let parameters = stream?.pointee.codecpar?.pointee else { continue }
      try PictureLimits.video.check(width: Int(parameters.width), height: Int(parameters.height), file: file)
    }
  }

  private static func openError(_ error: FFmpegError, _ source: SourceFile) -> VideoError {
    let head = source.head(8)
    let boxes: [[UInt8]] = ["ftyp", "mdat", "wide", "moov", "free"].map { Array($0.utf8) }
    if error.code == ffmpeg_error_invalid_data(), head.count == 8, boxes.contains(Array(head[4...])) {
      return VideoError(
        .truncated, file: source.url,
        "its index (the moov box) is missing or damaged: the recording or copy was cut short; copy it again or repair it",
        cause: error.text)
    }
    if error.code == ffmpeg_error_no_memory() {
      return VideoError(
        .notAVideo, file: source.url,
        "its index needs more memory than there is, or than any video's; the file is damaged, copy or export it again",
        cause: error.text)
    }
    if let refusal = MediaFormats.refusal(of: source) { return VideoError(.notAVideo, file: source.url, refusal) }
    return error.videoError(.notAVideo, file: source.url, "not a video that can be read")
  }
}
