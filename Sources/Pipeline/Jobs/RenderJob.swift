internal import Files
package import Foundation
package import Interchange
private import Overlay
private import Pose
package import Video

/// Draws saved poses on their video again, without inference: the same video as tracking made.
package struct RenderJob {
  package struct Summary: Sendable {
    package var frames = 0
    package var damage = DecodeDamage()
    package var warnings: [String] = []
    /// Then only the frames up to there were drawn.
    package var isInterrupted = false
  }

  package var source: URL
  package var poses: RecordingReader
  package var destination: URL
  package var overlay: OverlaySettings
  package var showing: Showing
  package var reading: VideoReaderOptions

  package init(
    source: URL, poses: RecordingReader, destination: URL, overlay: OverlaySettings, showing: Showing = Showing(),
    reading: VideoReaderOptions
  ) {
    self.showing = showing
    self.source = source
    self.poses = poses
    self.destination = destination
    self.overlay = overlay
    self.reading = reading
  }

  package func run(
    interruption: Interruption, overwrites: Bool, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> Summary {
    let reader = try VideoReader(source: source, options: reading.forDrawing, isInterrupted: interruption.check)
    var summary = Summary()
    summary.warnings = try check(reader.info)
    let sink = drawing.sink(
      destination, source: source, info: reader.info, reading: reading, skeleton: poses.header.skeleton,
      names: poses.header.names, overwrites: overwrites)
    let output = SinkThread(capacity: 4, clock: StageClock()) { [sink] }
    let concealment = try concealment()
    var hidden: [Int: [Box]] = [:]
    var frames = try poses.frames()
    var meter = ProgressMeter(total: poses.frameCount)
    var strangers = 0
    let next = { () throws -> RecordedFrame? in
      guard !interruption.isRequested, var frame = try frames.next() else { return nil }
      if poses.contents.hasIdentities {
        strangers += frame.people.count { $0.trackID == nil }
      } else {
        for number in frame.people.indices { frame.people[number].trackID = number }
      }
      hidden[frame.index] = concealment.boxes(at: frame.seconds)
      frame.people.removeAll { !showing.draws($0.trackID) }
      return frame
    }
    let outcome = try KnownResults(reader: reader).join(next, clock: StageClock()) { result in
      var result = result
      result.hidden = hidden.removeValue(forKey: result.frame.index) ?? []
      try output.consume(result)
      summary.frames += 1
      onProgress(meter.step())
    }
    summary.isInterrupted = interruption.isRequested
    guard summary.frames > 0 || summary.isInterrupted else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): has none of the frames that the poses are of; name the video they were made from")
    }
    summary.warnings += poses.notes
    if strangers > 0 {
      summary.warnings.append("\(strangers) of the poses have no identity and are not drawn; link them first")
    }
    if concealment.strangerCount > 0 {
      summary.warnings.append(
        "\(concealment.strangerCount) of the hidden poses have no identity and are covered only where they are seen; "
          + "link them first")
    }
    let isPartial = outcome.isPartial || summary.isInterrupted
    summary.warnings += outcome.report.warnings + (try output.finish(isPartial: isPartial))
    summary.damage = outcome.report.damage
    return summary
  }

  /// Looks through the poses for those who are to be hidden. Throws where somebody was named who is not there.
  private func concealment() throws -> Concealment {
    var concealment = Concealment()
    guard !showing.named.isEmpty || showing.blur != .nobody else { return concealment }
    guard poses.contents.hasIdentities else {
      throw PipelineError(.unusable, "the poses have no identities to choose from; link them first")
    }
    var ids: Set<Int> = []
    var frames = try poses.frames()
    while let frame = try frames.next() {
      ids.formUnion(frame.people.compactMap(\.trackID))
      concealment.see(frame.people.filter { showing.blurs($0.trackID) }, at: frame.seconds)
    }
    if let stranger = showing.named.subtracting(ids).min() {
      let range = ids.min().flatMap { first in ids.max().map { ", they are from \(first) to \($0)" } } ?? ""
      throw PipelineError(.unusable, "nobody has the identity \(stranger)\(range); `posetrail tracks` lists them")
    }
    return concealment
  }

  /// How people are drawn; those without identities can only be told apart frame by frame.
  private var drawing: OverlaySettings {
    var settings = overlay
    if !poses.contents.hasIdentities {
      (settings.drawing.ids, settings.drawing.trails, settings.drawing.colourBy) = (false, 0, .limb)
    }
    return settings
  }

  /// Warns where the file is another one, which may be a copy in another container.
  private func check(_ info: VideoInfo) throws -> [String] {
    guard let made = poses.header.provenance else { return [] }
    guard made.width == info.width, made.height == info.height else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): is \(info.width)×\(info.height), but the poses were made on \(made.width)×\(made.height); "
          + "name the video they were made from")
    }
    guard let video = made.video, video.sha256 != (try FileDigest.sha256(ofSource: source)) else { return [] }
    return ["the poses were made from another file, \(video.name): its SHA-256 differs, the skeletons may not fit"]
  }
}
