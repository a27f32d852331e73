internal import CFFmpeg
internal import Imaging

/// Reads the motion vectors that a decoder exports with its pictures (H.264, MPEG-1, 2 and 4, H.263; no other exports them).
///
/// A vector says from where in a picture that was shown earlier a block was copied, not from which one. Taken is the nearest
/// one shown before that was decoded before and serves as a reference: every one but those of type B, and of these the ones
/// that were decoded before a picture that they are shown after, which is why an encoder leaves the order of showing. The vector
/// is shared out evenly over the pictures since then. Vectors to pictures shown later are left out, and blocks that were copied
/// from nowhere have no motion. Where an encoder took a reference further back, the motion is too long.
struct MotionVectors {
  private struct Shown {
    /// Counted in the order of decoding.
    var number: Int64
    var mayBeLeftOut: Bool
  }

  /// In the order of presentation.
  private var shown: [Shown] = []
  /// More pictures lie between no picture and its reference in practice; what is longer ago says little.
  private static let longest = 16

  /// The motion since the picture before, upright; nil where the picture does not tell.
  mutating func motion(of frame: OwnedFrame, _ orientation: Orientation) -> MotionField? {
    let pointer = frame.pointer
    let distance = distance(toReferenceOf: frame.number)
    shown.append(Shown(number: frame.number, mayBeLeftOut: pointer.pointee.pict_type == AV_PICTURE_TYPE_B))
    if shown.count > Self.longest { shown.removeFirst() }
    // The vectors of fields are of fields.
    guard let distance, !ffmpeg_is_interlaced(pointer),
      let side = av_frame_get_side_data(pointer, AV_FRAME_DATA_MOTION_VECTORS)
    else { return nil }
    let raw = UnsafeRawBufferPointer(start: side.pointee.data, count: Int(side.pointee.size))
    let size = (width: Int(pointer.pointee.width), height: Int(pointer.pointee.height))
    let upright = orientation.size(width: size.width, height: size.height)
    var field = MotionField(width: upright.width, height: upright.height)
    let stride = MemoryLayout<AVMotionVector>.stride
    for offset in Swift.stride(from: 0, through: raw.count - stride, by: stride) {
      let vector = raw.loadUnaligned(fromByteOffset: offset, as: AVMotionVector.self)
      guard vector.source < 0, vector.motion_scale > 0 else { continue }
      let scale = -1 / (Float(vector.motion_scale) * Float(distance))
      field.set(Block(vector), shift: SIMD2(Float(vector.motion_x), Float(vector.motion_y)) * scale, orientation)
    }
    return field.isEmpty ? nil : field
  }

  /// How many pictures before the one with that number its reference was shown.
  private func distance(toReferenceOf number: Int64) -> Int? {
    for place in shown.indices.reversed() where shown[place].number < number {
      let candidate = shown[place]
      if !candidate.mayBeLeftOut || shown[..<place].contains(where: { $0.number > candidate.number }) {
        return shown.count - place
      }
    }
    return nil
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
  /// - Parameters:
  ///   - shift: As the picture is stored.
  fileprivate mutating func set(_ block: Block, shift: SIMD2<Float>, _ orientation: Orientation) {
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
