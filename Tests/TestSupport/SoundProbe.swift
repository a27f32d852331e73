internal import CFFmpeg
package import Foundation

/// The audio streams of a file, packet by packet.
package struct SoundProbe {
  package struct Stream {
    package var codec: String
    package var language: String?
    /// Of each packet, in seconds.
    package var times: [Double] = []
    package var bytes: [Data] = []
  }

  package private(set) var streams: [Stream] = []

  package init(_ url: URL) throws {
    var opened: UnsafeMutablePointer<AVFormatContext>?
    try require(
      avformat_open_input(&opened, "file:" + url.path(percentEncoded: false), nil, nil), "opening \(url.path)")
    defer { avformat_close_input(&opened) }
    try require(avformat_find_stream_info(opened, nil), "reading \(url.path)")
    guard let context = opened?.pointee, var packet = av_packet_alloc() as UnsafeMutablePointer<AVPacket>? else {
      return
    }
    var places: [Int32: Int] = [:]
    for index in 0..<Int(context.nb_streams) {
      guard let stream = context.streams[index]?.pointee, stream.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO
      else {
        continue
      }
      places[Int32(index)] = streams.count
      let language = av_dict_get(stream.metadata, "language", nil, 0).map { String(cString: $0.pointee.value) }
      streams.append(
        Stream(codec: String(cString: avcodec_get_name(stream.codecpar.pointee.codec_id)), language: language))
    }
    while av_read_frame(opened, packet) >= 0 {
      if let place = places[packet.pointee.stream_index], let stream = context.streams[Int(packet.pointee.stream_index)]
      {
        let base = stream.pointee.time_base
        streams[place].times.append(Double(packet.pointee.pts) * Double(base.num) / Double(base.den))
        streams[place].bytes.append(Data(bytes: packet.pointee.data, count: Int(packet.pointee.size)))
      }
      av_packet_unref(packet)
    }
    withUnsafeMutablePointer(to: &packet) { pointer in
      pointer.withMemoryRebound(to: UnsafeMutablePointer<AVPacket>?.self, capacity: 1) { av_packet_free($0) }
    }
  }
}
