internal import CFFmpeg

extension SampleVideo {
  /// One frame as the encoder takes it, made component by component from the description of the pixel format.
  func picture(_ index: Int, _ time: Int64) throws -> UnsafeMutablePointer<AVFrame> {
    guard let frame = av_frame_alloc(), let description = av_pix_fmt_desc_get(av_get_pix_fmt(pixelFormat)) else {
      throw Failure(reason: "no pixel format \(pixelFormat)")
    }
    frame.pointee.format = av_get_pix_fmt(pixelFormat).rawValue
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    frame.pointee.pts = time
    guard av_frame_get_buffer(frame, 0) >= 0 else { throw Failure(reason: "no memory for a picture") }
    let components = withUnsafeBytes(of: description.pointee.comp) {
      Array($0.bindMemory(to: AVComponentDescriptor.self))
    }
    let isRGB = description.pointee.flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
    for component in 0..<Int(description.pointee.nb_components) {
      let isChroma = !isRGB && (component == 1 || component == 2) && description.pointee.nb_components > 2
      let shifts = isChroma ? (Int(description.pointee.log2_chroma_w), Int(description.pointee.log2_chroma_h)) : (0, 0)
      let layout = components[component]
      let plane = planes(frame)[Int(layout.plane)]
      for y in 0..<(height + (1 << shifts.1) - 1) >> shifts.1 {
        for x in 0..<(width + (1 << shifts.0) - 1) >> shifts.0 {
          let rgb = colour(index, x << shifts.0, y << shifts.1)
          let value = isRGB ? code(rgb, channel: component, layout.depth) : code(rgb, component, layout.depth)
          let place = plane.base + y * plane.stride + x * Int(layout.step) + Int(layout.offset)
          let shifted = UInt16(value) << UInt16(layout.shift)
          place.pointee = UInt8(truncatingIfNeeded: shifted)
          if layout.depth > 8 { (place + 1).pointee = UInt8(truncatingIfNeeded: shifted >> 8) }
        }
      }
    }
    return frame
  }

  private func planes(_ frame: UnsafeMutablePointer<AVFrame>) -> [(base: UnsafeMutablePointer<UInt8>, stride: Int)] {
    let frame = frame.pointee
    let all = [
      (frame.data.0, frame.linesize.0), (frame.data.1, frame.linesize.1), (frame.data.2, frame.linesize.2),
      (frame.data.3, frame.linesize.3),
    ]
    return all.compactMap { data, stride in data.map { ($0, Int(stride)) } }
  }

  /// Red, green, blue or alpha.
  private func code(_ rgb: (UInt8, UInt8, UInt8), channel: Int, _ depth: Int32) -> Int {
    let value = [rgb.0, rgb.1, rgb.2, 255][channel]
    return Int((Double(value) / 255 * Double((1 << depth) - 1)).rounded())
  }

  /// Luma, blue chroma, red chroma or alpha, by ITU-R BT.601, 709 or 2020.
  private func code(_ rgb: (UInt8, UInt8, UInt8), _ component: Int, _ depth: Int32) -> Int {
    let (red, green, blue) = (Double(rgb.0) / 255, Double(rgb.1) / 255, Double(rgb.2) / 255)
    let weights = matrix.weights
    let luma = weights.red * red + (1 - weights.red - weights.blue) * green + weights.blue * blue
    let top = Double((1 << depth) - 1)
    let unit = Double(1 << (depth - 8))
    func chroma(_ difference: Double) -> Double { 128 * unit + difference * (isFullRange ? top : 224 * unit) }
    let value =
      switch component {
      case 0: isFullRange ? luma * top : (16 + 219 * luma) * unit
      case 1: chroma((blue - luma) / (2 * (1 - weights.blue)))
      case 2: chroma((red - luma) / (2 * (1 - weights.red)))
      default: top
      }
    return Int(min(max(value.rounded(), 0), top))
  }
}
