internal import Foundation
public import Interchange
internal import Pose
internal import Video

/// Where the results of a job come from, besides the video.
public struct TrackProvenance: Sendable {
  public var version: String
  public var model: Provenance.Source
  /// nil where the boxes were given.
  public var detector: Provenance.Source?
  /// Options that the poses depend on, by name.
  public var settings: [String: String]

  public init(version: String, model: Provenance.Source, detector: Provenance.Source?, settings: [String: String]) {
    self.version = version
    self.model = model
    self.detector = detector
    self.settings = settings
  }

  /// What a recording of `source` says of itself; without `linking` its poses have no identities.
  func header(
    of source: URL, _ video: Provenance.Source, _ info: VideoInfo, skeleton: Skeleton, linking: LinkSettings? = nil
  ) -> RecordingHeader {
    RecordingHeader(
      name: source.videoName, skeleton: skeleton,
      provenance: Provenance(
        version: version, video: video, model: model, detector: detector, width: info.width, height: info.height,
        settings: settings.merging(linking?.provenance ?? [:]) { own, _ in own }))
  }

  /// What a journal must agree on to be continued.
  func fingerprint(video: Provenance.Source, reading: VideoReaderOptions) -> [String: String] {
    settings.merging(
      [
        "version": version, "video": video.sha256, "model": model.sha256, "detector": detector?.sha256 ?? "none",
        "stream": reading.stream.map { "\($0)" } ?? "best", "start": reading.start.map { "\($0)" } ?? "0",
        "stride": "\(reading.stride)",
      ], uniquingKeysWith: { _, own in own })
  }
}
