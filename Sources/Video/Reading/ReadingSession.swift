internal import CFFmpeg
internal import Foundation
internal import Imaging
internal import Timing

/// One way through a source: decodes ahead by the first picture, chooses frames and converts them.
final class ReadingSession {
  let info: VideoInfo
  var warnings: [String] { source.warnings + toneWarnings + shapeWarnings }
  var damage: DecodeDamage { source.damage }

  private var source: any PictureSource
  private let file: URL
  private let stop: StopRequest
  private let options: VideoReaderOptions
  private let converter: PictureConverter
  private let toneMapper: ToneMapper
  private var toneWarnings: [String] = []
  private var shapeWarnings: [String] = []
  private var decoded: OwnedFrame
  private var waiting: PicturePlace?
  /// Since the frame given last, picture by picture; nil where that is not known.
  private var motion: [MotionField]?
  /// Over more pictures little is left of it.
  private static let longestMotion = 32
  private var firstChosen: Int?
  private var given = 0
  private var isDone = false

  init(source url: URL, options: VideoReaderOptions, stop: StopRequest) throws(VideoError) {
    try options.validate(url)
    (file, self.options, self.stop) = (url, options, stop)
    source = try Self.open(url, options, stop)
    do throws(FFmpegError) { decoded = try OwnedFrame() } catch { throw error.videoError(.outOfMemory, file: url, "") }
    guard let first = try source.next(into: decoded) else {
      throw stop.isMade
        ? FFmpegError(code: ffmpeg_error_exit()).videoError(.interrupted, file: url, "")
        : Self.nothingDecoded(url, source.damage)
    }
    waiting = first
    toneMapper = ToneMapper(threads: options.threads)
    toneWarnings = Self.reduceRange(of: decoded, toneMapper)
    let frame = decoded.pointer.pointee
    let orientation = source.orientation(of: decoded)
    let size = orientation.size(width: Int(frame.width), height: Int(frame.height))
    var info = VideoInfo(
      kind: .video, format: PictureFormat(width: size.width, height: size.height, timeBase: Rational(1, 1)), codec: "",
      container: "", stream: 0, startTime: first.time, duration: nil, estimatedFrameCount: nil, audioStreamCount: 0)
    source.describe(into: &info)
    let ratio = Rational(frame.sample_aspect_ratio).reduced
    info.format.sampleAspectRatio = ratio.isPositive ? (orientation.transposes ? ratio.inverse : ratio) : nil
    let isStillImage = info.kind != .video
    let colour = PictureColour(frame, isStillImage: isStillImage)
    info.format.colour = colour.tags
    self.info = info
    converter = PictureConverter(
      width: size.width, height: size.height, pixelShape: info.format.sampleAspectRatio, colour: colour,
      isStillImage: isStillImage, file: url)
  }

  func next() throws(VideoError) -> Frame? {
    while !isDone, given < options.maxFrames ?? .max {
      guard let place = try nextPlace() else { break }
      noteMotion(place)
      let seconds = place.time.seconds - info.startTime.seconds
      if let end = options.end, seconds >= end { break }
      if let start = options.start, seconds < start { continue }
      let first = firstChosen ?? place.index
      firstChosen = first
      if (place.index - first) % options.stride != 0 { continue }
      given += 1
      return try frame(at: place)
    }
    isDone = true
    return nil
  }

  /// Goes on with a picture a while before `index`, if the file tells which one that is.
  ///
  /// - Returns: Whether it does; else nothing is changed.
  func skip(to index: Int) throws(VideoError) -> Bool {
    // Which pictures are chosen must not depend on those passed over.
    guard options.maxFrames == nil, options.start == nil || options.stride == 1, !options.wantsMotion,
      let first = waiting, info.kind == .video
    else { return false }
    let stream = try Self.stream(try SourceFile(file), options, stop)
    let later = try Self.deinterlaced(stream, options, stop, file)
    do throws(FFmpegError) {
      let frame = try OwnedFrame()
      guard let start = try stream.pass(to: index), let place = try? later.next(into: frame),
        place.index == start.index,
        place.time == MediaTime(start.time, info.format.timeBase), frame.isIntra
      else { return false }
      if options.start == nil { firstChosen = first.index }
      (source, decoded, waiting) = (later, frame, place)
      return true
    } catch {
      return false
    }
  }

  private func noteMotion(_ place: PicturePlace) {
    guard let field = place.motion, (field.width, field.height) == (info.width, info.height), shapeWarnings.isEmpty,
      let count = motion?.count, count < Self.longestMotion
    else {
      motion = nil
      return
    }
    motion?.append(field)
  }

  private func nextPlace() throws(VideoError) -> PicturePlace? {
    if let place = waiting {
      waiting = nil
      return place
    }
    return try source.next(into: decoded)
  }

  private func frame(at place: PicturePlace) throws(VideoError) -> Frame {
    let orientation = source.orientation(of: decoded)
    let warnings = Self.reduceRange(of: decoded, toneMapper)
    if toneWarnings.isEmpty { toneWarnings = warnings }
    noticeShape(place, orientation)
    let converted = try converter.convert(
      decoded, orientation, wantsPicture: options.wantsPicture, wantsPlanar: options.wantsPlanar)
    defer { motion = [] }
    return Frame(
      index: place.index, time: place.time, duration: place.duration, picture: converted.picture,
      width: converted.width, height: converted.height, planar: converted.planar, placement: converted.placement,
      motion: motion.map { MotionPath($0) }, name: place.name)
  }

  /// Maps a picture of high dynamic range to the ordinary one, and gives what a person should know about that.
  private static func reduceRange(of picture: OwnedFrame, _ mapper: ToneMapper) -> [String] {
    guard let range = ToneMapper.range(of: picture) else { return [] }
    do throws(FFmpegError) {
      try mapper.map(picture)
      return ["its high dynamic range (\(range)) is mapped to that of ordinary screens, BT.709"]
    } catch {
      let reason = FilterGraph.problem ?? error.text
      return ["its high dynamic range (\(range)) can't be mapped here, and colours look dull (\(reason))"]
    }
  }

  private func noticeShape(_ place: PicturePlace, _ orientation: Orientation) {
    guard shapeWarnings.isEmpty else { return }
    let frame = decoded.pointer.pointee
    let size = orientation.size(width: Int(frame.width), height: Int(frame.height))
    let stored = Rational(frame.sample_aspect_ratio).reduced
    let square = Rational(1, 1)
    let ratio = stored.isPositive ? (orientation.transposes ? stored.inverse : stored) : square
    let firstRatio = info.format.sampleAspectRatio ?? square
    if info.kind != .video {
      guard options.wantsPlanar, size != (info.width, info.height) else { return }
      shapeWarnings.append(
        "the pictures have several sizes; each is looked at in its own, and drawn fitted into the first one's"
          + " \(info.width)x\(info.height)")
    } else if size != (info.width, info.height) {
      shapeWarnings.append(
        "from frame \(place.index) on the size changes from \(info.width)x\(info.height) to "
          + "\(size.width)x\(size.height); such frames are fitted into the first size")
    } else if ratio != firstRatio {
      shapeWarnings.append(
        "from frame \(place.index) on the shape of the pixels changes from \(firstRatio.numerator):"
          + "\(firstRatio.denominator) to \(ratio.numerator):\(ratio.denominator);"
          + " such frames are fitted into the first shape")
    }
  }

  private static func open(
    _ url: URL, _ options: VideoReaderOptions, _ stop: StopRequest
  ) throws(VideoError) -> any PictureSource {
    let file = try SourceFile(url)
    if file.isDirectory {
      return try ImageSource(
        files: ImageFolder.images(url), isSequence: true, frameRate: options.imageFrameRate)
    }
    if isPhoto(file) {
      return try ImageSource(files: [url], isSequence: false, frameRate: options.imageFrameRate)
    }
    return try deinterlaced(try stream(file, options, stop), options, stop, url)
  }

  private static func stream(
    _ file: SourceFile, _ options: VideoReaderOptions, _ stop: StopRequest
  ) throws(VideoError) -> StreamSource {
    try StreamSource(
      file, stream: options.stream, threads: options.threads, wantsMotion: options.wantsMotion, stop: stop)
  }

  private static func deinterlaced(
    _ stream: StreamSource, _ options: VideoReaderOptions, _ stop: StopRequest, _ url: URL
  ) throws(VideoError) -> any PictureSource {
    guard options.deinterlacing != .off else { return stream }
    return try DeinterlacedSource(
      stream, all: options.deinterlacing == .on, threads: options.threads, stop: stop, file: url)
  }

  static func isPhoto(_ file: SourceFile) -> Bool {
    let isMotionJPEG = ["mjpg", "mjpeg", "apng"].contains(file.url.pathExtension.lowercased())
    return !file.isDirectory && !isMotionJPEG && StillImageFormat(head: file.head(16)) != nil
  }

  private static func nothingDecoded(_ url: URL, _ damage: DecodeDamage) -> VideoError {
    if damage.isEmpty {
      return VideoError(.noFrames, file: url, "the video has no frames that can be found; record or export it again")
    }
    return VideoError(
      .noFrames, file: url, "not one picture could be decoded; the file is damaged, copy or export it again",
      cause: damage.firstMessage)
  }
}

extension VideoReaderOptions {
  fileprivate func validate(_ url: URL) throws(VideoError) {
    func fail(_ message: String) -> VideoError { VideoError(.badOption, file: url, message) }
    if stride < 1 { throw fail("the stride must be at least 1, not \(stride)") }
    if let maxFrames, maxFrames < 0 { throw fail("the number of frames can't be negative") }
    if threads < 0 || threads > 64 { throw fail("the number of decoder threads must be 0 to 64, not \(threads)") }
    if !imageFrameRate.isPositive { throw fail("the frame rate of images must be above 0") }
    for time in [start, end].compactMap({ $0 }) where !time.isFinite || time < 0 {
      throw fail("start and end must be at least 0 seconds")
    }
    if let start, let end, end <= start { throw fail("the end (\(end) s) must be later than the start (\(start) s)") }
  }
}
