/// What there is to say of one track.
package struct TrackReport: Hashable, Sendable, Encodable {
  package var id: Int
  package var name: String?
  package var firstFrame: Int
  package var lastFrame: Int
  /// In seconds.
  package var firstTime: Double
  package var lastTime: Double
  /// Frames in which it is seen.
  package var frames: Int
  /// How often it is out of sight in between, and for how many seconds at most.
  package var gaps: Int
  package var longestGap: Double
  package var meanScore: Double
  /// Of its links; nil where the file does not say.
  package var smallestMargin: Double?

  /// All tracks, in the order of their first frames.
  package static func all(_ survey: TrackSurvey) -> [TrackReport] {
    survey.tracks.compactMap { TrackReport($0, $1, survey) }.sorted { ($0.firstFrame, $0.id) < ($1.firstFrame, $1.id) }
  }

  private init?(_ id: Int, _ sightings: [TrackSurvey.Sighting], _ survey: TrackSurvey) {
    guard let first = sightings.first, let last = sightings.last else { return nil }
    (self.id, name) = (id, survey.names[id])
    (firstFrame, lastFrame, firstTime, lastTime) = (first.frame, last.frame, first.time, last.time)
    frames = sightings.count
    let gaps = zip(sightings, sightings.dropFirst()).filter { $1.frame - $0.frame > survey.step }
    self.gaps = gaps.count
    longestGap = gaps.map { $1.time - $0.time }.max() ?? 0
    smallestMargin = sightings.compactMap(\.margin).min()
    meanScore = sightings.reduce(0) { $0 + $1.score } / Double(sightings.count)
  }
}
