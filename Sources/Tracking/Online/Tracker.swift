package import Pose
private import Timing

/// Gives the people of a video their identities, frame by frame.
///
/// Every track predicts where its person is now (a Kalman filter of the box that carries the keypoints along). Poses are
/// linked in the order of ByteTrack (Zhang et al., ECCV 2022): confident poses with known people, then weak poses with
/// those who have none yet, whether in view or not (who comes out from behind somebody is seen badly at first); then what
/// moved too far to overlap, where nobody else could be meant; then poses with new, unconfirmed tracks. People unseen for
/// `maximumGap` seconds are forgotten, and everybody where another shot begins.
package struct Tracker: FrameTracker {
  private let options: TrackerOptions
  private let similarity: TrackSimilarity
  private let selection: SingleFrame
  private var tracks: [Track] = []
  private var trackCount = 0
  private var confirmed: Set<Int> = []
  package private(set) var cameraShift = Point(x: 0, y: 0)
  package private(set) var beganShot = false
  private var pan = CameraPan()
  private var lastTime: MediaTime?
  /// Seconds between the last two frames, used again where time stamps do not grow.
  private var interval = 1.0 / 30

  package init(skeleton: Skeleton, options: TrackerOptions = TrackerOptions()) {
    self.options = options
    similarity = TrackSimilarity(options: options, skeleton: skeleton)
    selection = SingleFrame(options: options, skeleton: skeleton)
  }

  package func fate(of track: Int) -> TrackFate {
    if confirmed.contains(track) { return .confirmed }
    return tracks.contains { $0.number == track } ? .open : .rejected
  }

  package mutating func finish() { endShot() }

  package mutating func update(_ poses: [Pose], in frame: FrameContext) -> [Link] {
    beganShot = lastTime == nil || frame.beginsShot == true
    if beganShot { endShot() }
    advance(to: frame.time)
    followCamera(poses)
    let predicted = tracks.map(\.predicted)
    let known = zip(tracks, predicted).filter { !$0.0.isTentative }.map(\.1)
    let sightings = Sighting.all(selection.candidates(poses, known: known), of: poses)
    let table = SimilarityTable(
      tracks, predicted, sightings, similarity, width: frame.width, usesColours: options.usesColours)
    var matching = matched(sightings, table)
    if frame.beginsShot == nil, matching.strangers >= 2, 2 * matching.strangers > matching.count {
      // Nobody has looked at the pictures, but all seem to be others than those in their places before.
      beganShot = true
      endShot()
      matching = Matching(sightings: sightings.count)
    }
    var partners = matching.trackOfSighting

    let seen = Set(partners.compactMap(\.self))
    for index in tracks.indices where !seen.contains(index) { tracks[index].miss(maximumGap: options.maximumGap) }
    let followed = partners.indices.filter { place in partners[place].map { !tracks[$0].isTentative } ?? false }
    for (sighting, partner) in partners.enumerated()
    where partner == nil && options.mayBegin(sightings[sighting].pose)
      && (options.keepsAll || !followed.contains { sightings[sighting].isPart(of: sightings[$0]) })
    {
      partners[sighting] = tracks.count
      tracks.append(Track(sightings[sighting].pose, number: trackCount))
      trackCount += 1
    }
    let links = partners.enumerated().compactMap { sighting, track -> Link? in
      guard let track else { return nil }
      tracks[track].see(sightings[sighting], certain: beganShot || options.keepsAll, confirmAfter: options.confirmAfter)
      if tracks[track].state == .active { confirmed.insert(tracks[track].number) }
      return Link(
        pose: sightings[sighting].place, track: tracks[track].number, margin: matching.margins[sighting] ?? 1)
    }
    tracks.removeAll { $0.state == .ended }
    return links
  }

  /// Nobody goes on from here. Who was not seen often enough yet, but well each time, is somebody.
  private mutating func endShot() {
    for track in tracks where track.isTentative && track.lowestScore >= TrackerOptions.certainScore {
      confirmed.insert(track.number)
    }
    (tracks, pan) = ([], CameraPan())
  }

  private mutating func advance(to time: MediaTime) {
    defer { lastTime = time }
    guard let lastTime else { return }
    let elapsed = time.seconds - lastTime.seconds
    if elapsed > 0, elapsed.isFinite { interval = elapsed }
    followPan()
    for index in tracks.indices { tracks[index].advance(interval) }
  }

  private mutating func followPan() {
    let inView = tracks.filter { !$0.isTentative && !$0.isLost && $0.age >= Self.settling }
    if let change = CameraPan.commonChange(inView.map(\.velocityChange)) {
      pan.accelerate(by: change)
      for index in tracks.indices where tracks[index].isLost { tracks[index].accelerate(by: change) }
    }
    moveCamera(by: pan.advance(interval))
  }

  private mutating func followCamera(_ poses: [Pose]) {
    let inView = tracks.filter { !$0.isTentative && !$0.isLost }.map(\.motion.box)
    let found = poses.filter { $0.score >= options.birthScore && $0.box.area.isFinite }.map(\.box)
    guard let shift = CameraShift.between(inView, and: found) else { return }
    for index in tracks.indices { tracks[index].shift(by: shift) }
    moveCamera(by: shift)
  }

  private mutating func moveCamera(by shift: Point) {
    cameraShift = Point(x: cameraShift.x + shift.x, y: cameraShift.y + shift.y)
  }

  private func matched(_ sightings: [Sighting], _ table: SimilarityTable) -> Matching {
    var matching = Matching(table, sightings: sightings.count, tracks: tracks.count, linking: options.linking)
    let isStrong = { (sighting: Int) in options.keepsAll || sightings[sighting].pose.score >= options.birthScore }
    let isKnown = tracks.map { !$0.isTentative }
    matching.pair(by: \.overlap, atLeast: options.minimumSimilarity) { isStrong($0.sighting) && isKnown[$0.track] }
    matching.pair(by: \.overlap, atLeast: options.minimumWeakSimilarity) {
      !isStrong($0.sighting) && isKnown[$0.track]
    }
    let clear = table.isClear(options.clarity) { isKnown[$0] }
    matching.pair(by: \.proximity, atLeast: 0.05, where: clear) { isStrong($0.sighting) && isKnown[$0.track] }
    matching.pair(by: \.overlap, atLeast: Self.newSimilarity) { isStrong($0.sighting) && !isKnown[$0.track] }
    return matching
  }

  /// The least similarity of a pose with an unconfirmed track, whose motion is hardly known.
  private static let newSimilarity = 0.2
  /// Seconds after which the velocity of a person is known.
  private static let settling = 0.2
}
