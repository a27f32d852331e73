internal import CFFmpeg

/// Brings pictures of high dynamic range (PQ or HLG, ITU-R BT.2100) to BT.709, which ordinary screens, and networks, know.
///
/// The light of the scene in linear numbers, 1 for the white of a page (203 cd/m², ITU-R BT.2408), is left as it is below and
/// compressed above (`mobius` of libavfilter's tonemap).
final class ToneMapper {
  private static let filters: [FilterGraph.Filter] = [
    .init(name: "zscale", options: "transfer=linear:npl=203"), .init(name: "format", options: "gbrpf32le"),
    .init(name: "zscale", options: "primaries=bt709"), .init(name: "tonemap", options: "tonemap=mobius"),
    .init(name: "zscale", options: "transfer=bt709:matrix=bt709:range=limited"),
    .init(name: "format", options: "yuv420p"),
  ]

  private let threads: Int
  private var graph: FilterGraph?

  /// - Parameter threads: 0 for as many as there are processors.
  init(threads: Int) {
    self.threads = threads
  }

  /// "PQ" or "HLG"; nil where the picture has no high dynamic range.
  static func range(of picture: OwnedFrame) -> String? {
    switch picture.pointer.pointee.color_trc {
    case AVCOL_TRC_SMPTE2084: "PQ"
    case AVCOL_TRC_ARIB_STD_B67: "HLG"
    default: nil
    }
  }

  /// Puts what becomes of the picture into its place.
  func map(_ picture: OwnedFrame) throws(FFmpegError) {
    let frame = picture.pointer
    // What such pictures are unless they say otherwise.
    if frame.pointee.colorspace == AVCOL_SPC_UNSPECIFIED { frame.pointee.colorspace = AVCOL_SPC_BT2020_NCL }
    if frame.pointee.color_primaries == AVCOL_PRI_UNSPECIFIED { frame.pointee.color_primaries = AVCOL_PRI_BT2020 }
    if frame.pointee.color_range == AVCOL_RANGE_UNSPECIFIED { frame.pointee.color_range = AVCOL_RANGE_MPEG }
    if graph?.fits(picture) != true { graph = try FilterGraph(Self.filters, for: picture, threads: threads) }
    try graph?.send(picture)
    guard try graph?.receive(into: picture) == .ready else { throw FFmpegError(code: ffmpeg_error_invalid_data()) }
  }
}
