internal import CFFmpeg
internal import Imaging

/// Reads the motion vectors that a decoder exports with its pictures (H.264, MPEG-1, 2 and 4, H.263; no other exports them).
///
/// A vector says whether a block was copied from a picture shown earlier or later, not from which one. Taken is the nearest one that was
/// decoded before and serves as a reference: all but those of type B, and of these the ones that were decoded before a
/// picture that they are shown after, which is why an encoder leaves the order of showing. The vector's share of the time between
/// the two pictures is the motion since the picture before. Where an encoder took a reference further away, that is too much.
/// Blocks that were copied from nowhere have no motion, nor have MPEG-4's pictures of type B, for which FFmpeg exports others' vectors.
struct MotionVectors {
  private struct Shown {
    /// Counted in the order of decoding.
    var number: Int64
    /// Presentation time; nil where the file does not say.
    var time: Int64?
    var mayBeLeftOut: Bool
  }

  private let codec: AVCodecID
  /// In the order of presentation.
  private var shown: [Shown] = []
  /// In the order of decoding.
  private var packets: [(number: Int64, time: Int64)] = []
  /// No picture refers to one that is so many away, in either order.
  private static let longest = 32

  init(_ codec: AVCodecID) { self.codec = codec }

  /// Takes note of a packet, counted in the order of decoding, before it is decoded.
  mutating func note(_ packet: OwnedPacket, number: Int64) {
    let time = packet.pointer.pointee.pts
    if time != ffmpeg_no_timestamp() { packets.append((number, time)) }
  }

  /// The motion since the picture before, upright; nil where the picture does not tell.
  mutating func motion(of frame: OwnedFrame, _ orientation: Orientation) -> MotionField? {
    let picture = frame.pointer.pointee
    let isB = picture.pict_type == AV_PICTURE_TYPE_B
    let current = Shown(
      number: frame.number, time: picture.pts == ffmpeg_no_timestamp() ? nil : picture.pts, mayBeLeftOut: isB)
    let (past, future) = (pastShare(current), futureShare(current))
    shown.append(current)
    if shown.count > Self.longest { shown.removeFirst() }
    packets.removeAll { $0.number < current.number - Int64(Self.longest) }
    // The vectors of fields are of fields.
    guard !ffmpeg_is_interlaced(frame.pointer), !(isB && codec == AV_CODEC_ID_MPEG4),
      let side = av_frame_get_side_data(frame.pointer, AV_FRAME_DATA_MOTION_VECTORS)
    else { return nil }
    let vectors = UnsafeRawBufferPointer(start: side.pointee.data, count: Int(side.pointee.size))
    let size = orientation.size(width: Int(picture.width), height: Int(picture.height))
    var field = MotionField(width: size.width, height: size.height)
    // What is nearer tells more, and comes last.
    let ways = [(isPast: true, share: past), (false, future)].filter { $0.share != 0 }
    for way in ways.sorted(by: { abs($0.share) < abs($1.share) }) {
      field.add(vectors, isPast: way.isPast, share: way.share, orientation)
    }
    return field.isEmpty ? nil : field
  }

  /// What to multiply vectors into the past by; 0 where their reference is not known.
  private func pastShare(_ current: Shown) -> Float {
    for place in shown.indices.reversed() where shown[place].number < current.number {
      let candidate = shown[place]
      guard !candidate.mayBeLeftOut || shown[..<place].contains(where: { $0.number > candidate.number }) else {
        continue
      }
      guard let time = current.time, let before = shown.last?.time, let then = candidate.time, then <= before,
        before < time
      else { return -1 / Float(shown.count - place) }
      return -Float(time - before) / Float(time - then)
    }
    return 0
  }

  /// What to multiply vectors into the future by; 0 where their reference is not known.
  private func futureShare(_ current: Shown) -> Float {
    guard let time = current.time, let before = shown.last?.time, before < time,
      let next = packets.filter({ $0.number < current.number && $0.time > time }).map(\.time).min()
    else { return 0 }
    return Float(time - before) / Float(next - time)
  }
}

/// Edges of a block, in pixels of the stored picture.
private struct Block {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int

  init(_ vector: AVMotionVector) {
    left = Int(vector.dst_x) - Int(vector.w) / 2
    top = Int(vector.dst_y) - Int(vector.h) / 2
    (right, bottom) = (left + Int(vector.w), top + Int(vector.h))
  }
}

extension MotionField {
  /// Adds the vectors of one direction, each multiplied by `share`.
  fileprivate mutating func add(
    _ vectors: UnsafeRawBufferPointer, isPast: Bool, share: Float, _ orientation: Orientation
  ) {
    let stride = MemoryLayout<AVMotionVector>.stride
    for offset in Swift.stride(from: 0, through: vectors.count - stride, by: stride) {
      let vector = vectors.loadUnaligned(fromByteOffset: offset, as: AVMotionVector.self)
      guard (vector.source < 0) == isPast, vector.motion_scale > 0 else { continue }
      let scale = share / Float(vector.motion_scale)
      set(Block(vector), shift: SIMD2(Float(vector.motion_x), Float(vector.motion_y)) * scale, orientation)
    }
  }

  /// - Parameter shift: As the picture is stored.
  private mutating func set(_ block: Block, shift: SIMD2<Float>, _ orientation: Orientation) {
    var (block, shift) = (block, shift)
    if orientation.transposes {
      (block.left, block.top, block.right, block.bottom) = (block.top, block.left, block.bottom, block.right)
      shift = SIMD2(shift.y, shift.x)
    }
    if orientation.mirrorsX {
      (block.left, block.right) = (width - block.right, width - block.left)
      shift.x = -shift.x
    }
    if orientation.mirrorsY {
      (block.top, block.bottom) = (height - block.bottom, height - block.top)
      shift.y = -shift.y
    }
    set(left: block.left, top: block.top, right: block.right, bottom: block.bottom, shift: shift)
  }
}
