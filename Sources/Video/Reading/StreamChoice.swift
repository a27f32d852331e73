internal import CFFmpeg
internal import Foundation

/// Which streams of a file are meant.
enum StreamChoice {
  typealias Stream = UnsafeMutablePointer<AVStream>

  /// The stream at `index`, or the best video stream: default ones first, then the largest, then the first.
  static func video(_ index: Int?, in demuxer: Demuxer) throws(VideoError) -> Stream {
    let videos = demuxer.streams.compactMap { $0 }.filter(isVideo)
    if let index {
      if let stream = videos.first(where: { Int($0.pointee.index) == index }) { return stream }
      throw VideoError(.noSuchStream, file: demuxer.file, "stream \(index) is not a video stream; \(list(videos))")
    }
    guard let best = videos.max(by: { rank($0) < rank($1) }) else {
      let kinds = audio(in: demuxer).isEmpty ? "" : ", only sound"
      throw VideoError(.noVideoStream, file: demuxer.file, "there is no video in it\(kinds); choose another file")
    }
    return best
  }

  static func audio(in demuxer: Demuxer) -> [Stream] {
    demuxer.streams.compactMap { $0 }.filter { $0.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO }
  }

  /// The sound that goes with a video stream: all, but for that of other programmes.
  static func audio(beside video: Stream, in demuxer: Demuxer) -> [Stream] {
    let own = demuxer.programmes(of: video)
    return audio(in: demuxer).filter { sound in
      let programmes = demuxer.programmes(of: sound)
      return own.isEmpty || programmes.isEmpty || !own.isDisjoint(with: programmes)
    }
  }

  /// The streams that pictures and sound of them are read with, so that both have the same clock.
  static func timed(_ video: Stream, _ sounds: [Stream]) -> Set<Int> {
    Set(([video] + sounds).map { Int($0.pointee.index) })
  }

  /// What a person should know about pictures that are not read; nil where there are no others.
  static func warning(reading chosen: Stream, in demuxer: Demuxer) -> String? {
    let others = demuxer.streams.compactMap { $0 }.filter {
      isVideo($0) && $0 != chosen && $0.pointee.codecpar.pointee.width > 0
    }
    guard !others.isEmpty else { return nil }
    let list = others.map { stream in
      let parameters = stream.pointee.codecpar.pointee
      let programme = demuxer.programmes(of: stream).min().map { ", programme \($0)" } ?? ""
      return "stream \(stream.pointee.index) (\(parameters.width)x\(parameters.height)\(programme))"
    }
    return "only stream \(chosen.pointee.index) is read; the file has other pictures, which --stream chooses: "
      + list.joined(separator: ", ")
  }

  private static func rank(_ stream: Stream) -> (Int, Int, Int) {
    let parameters = stream.pointee.codecpar.pointee
    return (
      stream.pointee.disposition & AV_DISPOSITION_DEFAULT != 0 ? 1 : 0,
      Int(parameters.width) * Int(parameters.height), -Int(stream.pointee.index)
    )
  }

  /// Cover pictures and thumbnails are no videos, and neither is text that FFmpeg would draw on a terminal.
  private static func isVideo(_ stream: Stream) -> Bool {
    let parameters = stream.pointee.codecpar.pointee
    let pictures = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS
    let texts = [AV_CODEC_ID_ANSI, AV_CODEC_ID_BINTEXT, AV_CODEC_ID_XBIN, AV_CODEC_ID_IDF]
    return parameters.codec_type == AVMEDIA_TYPE_VIDEO && stream.pointee.disposition & pictures == 0
      && !texts.contains(parameters.codec_id)
  }

  private static func list(_ streams: [Stream]) -> String {
    guard !streams.isEmpty else { return "the file has none" }
    return "video streams are " + streams.map { String($0.pointee.index) }.joined(separator: ", ")
  }
}
