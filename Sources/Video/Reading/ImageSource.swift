internal import CFFmpeg
internal import Foundation
internal import Timing

/// One image, or the numbered images of a directory, as a video with a constant frame rate.
final class ImageSource: PictureSource {
  private(set) var damage = DecodeDamage()
  let warnings: [String] = []

  private let files: [URL]
  private let isSequence: Bool
  private let frameRate: Rational
  private let packet: OwnedPacket
  private var decoders: [UInt32: Decoder] = [:]
  private var position = 0
  private var firstCodec = ""
  private var orientation = Orientation.upright

  init(files: [URL], isSequence: Bool, frameRate: Rational) throws(VideoError) {
    self.files = files
    self.isSequence = isSequence
    self.frameRate = frameRate
    do throws(FFmpegError) { packet = try OwnedPacket() } catch {
      throw error.videoError(.outOfMemory, file: files[0], "")
    }
  }

  /// A file that can't be decoded is counted as damage and keeps its index, so that names and indices still agree.
  func next(into frame: OwnedFrame) throws(VideoError) -> PicturePlace? {
    while position < files.count {
      let index = position
      let file = files[index]
      position += 1
      do throws(VideoError) {
        try decode(file, into: frame)
        return PicturePlace(
          index: index, time: MediaTime(Int64(index), frameRate.inverse), duration: MediaTime(1, frameRate.inverse),
          name: isSequence ? file.lastPathComponent : nil)
      } catch {
        guard isSequence else { throw error }
        damage.lose("\(file.lastPathComponent): \(error.message)")
      }
    }
    return nil
  }

  private func decode(_ file: URL, into frame: OwnedFrame) throws(VideoError) {
    let source = try SourceFile(file)
    guard !source.isDirectory, let format = StillImageFormat(head: source.head(16)) else {
      throw VideoError(.notAVideo, file: file, "not an image of a known kind; remove it or convert it")
    }
    if format.isAnimated(head: source.head(32)) {
      throw VideoError(
        .notAVideo, file: file,
        "an animated WebP, which is not read; convert it to a video or to a folder of numbered images first")
    }
    let decoder = try decoder(format.codec, file)
    do throws(FFmpegError) {
      orientation = Orientation(exif: ExifOrientation.read(try load(file)))
      _ = try decoder.send(packet)
      guard try decoder.receive(into: frame) == .ready else { throw FFmpegError(code: ffmpeg_error_invalid_data()) }
    } catch {
      decoders[format.codec.rawValue] = nil
      throw error.videoError(.noFrames, file: file, "the image is damaged; copy or save it again")
    }
    let flags = frame.pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT | frame.pointer.pointee.decode_error_flags
    if flags != 0 { damage.patch("\(file.lastPathComponent): parts of it are damaged") }
  }

  private func decoder(_ codec: AVCodecID, _ file: URL) throws(VideoError) -> Decoder {
    if let decoder = decoders[codec.rawValue] { return decoder }
    let decoder = try Decoder(codec, threading: .none, file: file)
    decoders[codec.rawValue] = decoder
    if firstCodec.isEmpty { firstCodec = decoder.name }
    return decoder
  }

  /// Puts the file's bytes into the packet.
  private func load(_ file: URL) throws(FFmpegError) -> Data {
    guard let data = try? Data(contentsOf: file), data.count <= 1 << 30 else {
      throw FFmpegError(code: ffmpeg_error_invalid_data())
    }
    av_packet_unref(packet.pointer)
    try check(av_new_packet(packet.pointer, Int32(data.count)))
    // Without it the PNG decoder takes the picture for a difference to the one before.
    packet.pointer.pointee.flags |= AV_PKT_FLAG_KEY
    data.copyBytes(to: packet.pointer.pointee.data, count: data.count)
    return data
  }

  func orientation(of frame: OwnedFrame) -> Orientation { orientation }

  func describe(into info: inout VideoInfo) {
    info.kind = isSequence ? .imageSequence : .image
    info.codec = firstCodec
    info.format.timeBase = frameRate.inverse
    info.format.frameRate = frameRate
    info.startTime = MediaTime(0, frameRate.inverse)
    info.duration = MediaTime(Int64(files.count), frameRate.inverse)
    info.estimatedFrameCount = files.count
    info.isFrameCountStated = true
    info.frameNames = isSequence ? files.map(\.lastPathComponent) : nil
  }
}
