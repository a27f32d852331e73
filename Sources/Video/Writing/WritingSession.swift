internal import CAllocator
internal import CFFmpeg
internal import Files
internal import Foundation
internal import Imaging
internal import Timing

/// One file on its way from pictures and sound to its place.
final class WritingSession {
  /// What a person should know about the sound so far.
  var notes: [String] { output?.sound?.notes ?? finalNotes }

  private struct Output {
    var file: PartialFile
    var muxer: Muxer
    var encoder: VideoEncoder
    var stream: UnsafeMutablePointer<AVStream>
    var sound: SoundCopier?
    var packet: OwnedPacket
    /// The packet before, which is written once it is known whether it is the last.
    var held: OwnedPacket
    var endsWithLastPicture: Bool
  }

  private let destination: URL
  private let container: Container
  private let format: PictureFormat
  private let origin: MediaTime?
  /// nil once the file is finished, cancelled or has failed.
  private var output: Output?
  private var lastTicks: Int64?
  /// Of sound that is finished, or that there is none of.
  private var finalNotes: [String] = []

  init(destination: URL, format: PictureFormat, options: VideoWriterOptions) throws(VideoError) {
    self.destination = destination
    self.format = format
    origin = options.origin
    try format.validate(options, destination)
    container = try Container(destination)
    let file = try VideoError.attempt(destination) { () throws(FileError) in
      try PartialFile(for: destination, overwrites: options.overwrites)
    }
    let encoder = try Self.encoder(format, options, container, destination: destination)
    do throws(FFmpegError) {
      output = try open(file, container, encoder, sound: options.sound)
    } catch {
      guard options.sound != nil else { throw Self.failure(error, destination) }
      // Some streams of sound are refused only when the muxer sees them.
      output = try Self.attempt(destination) { () throws(FFmpegError) in
        try open(file, container, encoder, sound: nil)
      }
      finalNotes = ["no sound: .\(container) can't hold it as it is (\(error.text))"]
    }
  }

  private func open(
    _ file: PartialFile, _ container: Container, _ encoder: VideoEncoder, sound source: SoundSource?
  ) throws(FFmpegError) -> Output {
    let muxer = try Muxer(container, url: file.url)
    let stream = try muxer.addStream()
    try encoder.describe(stream)
    stream.pointee.codecpar.pointee.codec_tag = container.tag(of: encoder.codecID)
    let sound = source.flatMap { addSound($0, container, muxer) }
    try muxer.writeHeader(container.headerOptions(timeBase: format.timeBase))
    return Output(
      file: file, muxer: muxer, encoder: encoder, stream: stream, sound: sound, packet: try OwnedPacket(),
      held: try OwnedPacket(), endsWithLastPicture: container.addsUpDurations)
  }

  /// Throws where `init` would for reasons other than the place of the file.
  static func check(destination: URL, format: PictureFormat, options: VideoWriterOptions) throws(VideoError) {
    try format.validate(options, destination)
    _ = try encoder(format, options, Container(destination), destination: destination)
    // What it took is kept for this thread, and another one will encode: hundreds of megabytes for pictures of 8k.
    malloc_trim(0)
  }

  private static func encoder(
    _ format: PictureFormat, _ options: VideoWriterOptions, _ container: Container, destination: URL
  ) throws(VideoError) -> VideoEncoder {
    if container.isPhoto {
      return try VideoEncoder(photo: format, destination: destination)
    }
    let encoder = try VideoEncoder(
      format, options: options, globalHeader: container.wantsGlobalHeader, destination: destination)
    guard container.canHold(encoder.codecID) else {
      throw VideoError(
        .unknownEncoder, file: destination, ".\(container) can't hold what \(options.encoder) makes; name it .mkv")
    }
    return encoder
  }

  private func addSound(_ source: SoundSource, _ container: Container, _ muxer: Muxer) -> SoundCopier? {
    do throws(VideoError) {
      return try SoundCopier(source, origin: origin, container: container, muxer: muxer)
    } catch {
      finalNotes = ["no sound: \(error)"]
      return nil
    }
  }

  func write(_ picture: PlanarImage, time: MediaTime, duration: MediaTime?) throws(VideoError) {
    try picture.validate(format, destination)
    guard !container.isPhoto || lastTicks == nil else {
      throw VideoError(
        .unknownContainer, file: destination, "a .\(container) holds one picture, and this is a video; name it .mp4")
    }
    let base = format.timeBase
    var ticks = Self.bounded(time.ticks(in: base)) - Self.bounded(origin?.ticks(in: base) ?? 0)
    if let lastTicks { ticks = max(ticks, lastTicks + 1) }
    // A last picture without a duration would not be shown at all.
    let shown = duration?.ticks(in: base) ?? lastTicks.map { ticks - $0 } ?? usualDuration
    lastTicks = ticks
    try use { output throws(FFmpegError) in
      try output.encoder.send(picture, ticks: ticks, duration: max(1, Self.bounded(shown)))
      try passOn(output)
    }
  }

  /// How long a picture is shown that nothing is known of: by the frame rate, or a 25th of a second.
  private var usualDuration: Int64 {
    let period = format.frameRate?.inverse ?? Rational(1, 25)
    return max(1, MediaTime(1, period).ticks(in: format.timeBase))
  }

  /// Far beyond any video, and far enough from the ends of the integers to be added up.
  private static func bounded(_ ticks: Int64) -> Int64 { min(max(ticks, -(1 << 58)), 1 << 58) }

  func finish(soundEnd: MediaTime?) throws(VideoError) {
    let output = try use { output throws(FFmpegError) in
      try output.encoder.end()
      try passOn(output)
      try writeLast(output)
      try output.sound?.advance(to: soundEnd?.seconds ?? .infinity)
      try output.sound?.finish()
      try output.muxer.finish()
      return output
    }
    finalNotes = notes
    self.output = nil
    try VideoError.attempt(destination) { () throws(FileError) in try output.file.commit() }
  }

  func cancel() {
    output = nil
  }

  /// Writes the packets that the encoder has ready, but for the last.
  private func passOn(_ output: Output) throws(FFmpegError) {
    while try output.encoder.receive(into: output.packet) == .ready {
      try write(output.held, output)
      av_packet_move_ref(output.held.pointer, output.packet.pointer)
    }
  }

  private func writeLast(_ output: Output) throws(FFmpegError) {
    let held = output.held.pointer
    if output.endsWithLastPicture {
      let rest = output.encoder.remainingDuration(decodedAt: held.pointee.dts)
      held.pointee.duration = max(held.pointee.duration, rest)
    }
    try write(output.held, output)
  }

  /// Writes a packet after the sound before it.
  private func write(_ packet: OwnedPacket, _ output: Output) throws(FFmpegError) {
    guard packet.pointer.pointee.size > 0 else { return }
    let seconds = Double(packet.pointer.pointee.dts) * Rational(output.encoder.timeBase).value
    try output.sound?.advance(to: seconds + (origin?.seconds ?? 0))
    av_packet_rescale_ts(packet.pointer, output.encoder.timeBase, output.stream.pointee.time_base)
    try output.muxer.write(packet, stream: output.stream)
  }

  /// Does something with the open file; a failure closes and removes it.
  private func use<Result>(_ body: (Output) throws(FFmpegError) -> Result) throws(VideoError) -> Result {
    guard let output else {
      throw VideoError(.encodingFailed, file: destination, "the file was already finished or given up")
    }
    do throws(FFmpegError) {
      return try body(output)
    } catch {
      self.output = nil
      throw Self.failure(error, destination)
    }
  }

  private static func attempt<Result>(
    _ destination: URL, _ body: () throws(FFmpegError) -> Result
  ) throws(VideoError) -> Result {
    do throws(FFmpegError) { return try body() } catch { throw failure(error, destination) }
  }

  private static func failure(_ error: FFmpegError, _ destination: URL) -> VideoError {
    error.videoError(
      .encodingFailed, file: destination, "writing failed; try another folder, encoder or container")
  }
}

extension PictureFormat {
  fileprivate func validate(_ options: VideoWriterOptions, _ destination: URL) throws(VideoError) {
    guard width > 0, height > 0 else {
      throw VideoError(.pictureMismatch, file: destination, "a picture of \(width)x\(height) can't be encoded")
    }
    try PictureLimits.photo.check(width: width, height: height, file: destination)
    guard timeBase.isPositive else {
      throw VideoError(.badOption, file: destination, "the unit of time must be above 0")
    }
  }
}

extension PlanarImage {
  fileprivate func validate(_ format: PictureFormat, _ destination: URL) throws(VideoError) {
    guard width == format.width, height == format.height, isFullRange == format.colour.isFullRange else {
      throw VideoError(
        .pictureMismatch, file: destination,
        "a picture differs in size or range from the \(format.width)x\(format.height) that the file was opened for")
    }
  }
}
