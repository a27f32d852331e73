private import Foundation
internal import Pose

/// What it costs to take one tracklet for the continuation of another: squared deviations of motion from both sides, of size
/// and of colours. From one shot to another colours alone count, as they do after a long time.
struct TrackletAffinity {
  private let options: SecondPassOptions

  init(options: SecondPassOptions) { self.options = options }

  /// nil where it can't be.
  ///
  /// - Parameter looks: How both looked wherever they are known to be, which may be more than the tracklets.
  func cost(_ first: Tracklet, _ second: Tracklet, looks: (AppearanceMemory, AppearanceMemory)) -> Double? {
    let gap = max(0, second.firstTime - first.lastTime)
    guard second.firstFrame > first.lastFrame, gap <= options.lookGap else { return nil }
    let distance = looks.0.distance(looks.1, count: Self.fewestLooks)
    let look = distance.map { $0 / Self.lookDeviation }
    let isOneShot = first.shot == second.shot
    if gap > options.motionGap || !isOneShot, look ?? .infinity > Self.closeLook { return nil }
    var cost = Self.gapCost * min(gap, options.motionGap)
    if isOneShot { cost += motion(first, second, gap) + size(first, second, gap) }
    if isOneShot, gap > options.motionGap, isElsewhere(first, second) { cost += Self.elsewhereCost }
    if first.track == second.track { cost -= Self.trackBonus }
    if let look { cost += look * look / 2 - Self.lookBonus }
    return cost
  }

  private func size(_ first: Tracklet, _ second: Tracklet, _ gap: Double) -> Double {
    let size = log(first.end.height / second.start.height) / (Self.sizeDeviation + Self.sizeDrift * min(gap, 2))
    return size * size / 2
  }

  /// Whether the one left over a side of the picture and the other came into sight away from both.
  private func isElsewhere(_ first: Tracklet, _ second: Tracklet) -> Bool {
    guard let left = first.end.sideDistance, let found = second.start.sideDistance else { return false }
    return left <= Self.sideTouch && found > Self.sideReach
  }

  func knowsLook(_ look: AppearanceMemory) -> Bool { look.distance(look, count: Self.fewestLooks) != nil }

  /// Whether two looks that are known are those of two people.
  func differ(_ first: AppearanceMemory, _ second: AppearanceMemory) -> Bool {
    (first.distance(second, count: Self.fewestLooks) ?? 0) > Self.differentLook * Self.lookDeviation
  }

  private func motion(_ first: Tracklet, _ second: Tracklet, _ gap: Double) -> Double {
    let (before, after) = (first.end.state(at: first.lastTime), second.start.state(at: second.firstTime))
    let size = (first.end.height + second.start.height) / 2
    let reach = Self.persistence * (1 - exp(-gap / Self.persistence))
    let forward = hypot(
      before.center.x + before.velocity.x * reach - after.center.x,
      before.center.y + before.velocity.y * reach - after.center.y)
    let backward = hypot(
      after.center.x - after.velocity.x * reach - before.center.x,
      after.center.y - after.velocity.y * reach - before.center.y)
    let error = (forward + backward) / 2 / size / (Self.motionDeviation + Self.motionDrift * gap)
    return error * error / 2
  }

  /// Of the place, in heights, and what a second adds to it.
  private static let motionDeviation = 0.12
  private static let motionDrift = 0.5
  /// Of the logarithm of the height, and what a second adds to it.
  private static let sizeDeviation = 0.15
  private static let sizeDrift = 0.1
  /// Of colours, in units of CIELAB.
  private static let lookDeviation = 8.0
  /// Deviations within which somebody looks the same after a long time.
  private static let closeLook = 1.0
  /// Deviations from which on it is somebody else.
  private static let differentLook = 3.0
  /// What colours that agree save.
  private static let lookBonus = 1.0
  /// What it saves that the tracker, which saw the poses in between, took both for the same, too.
  private static let trackBonus = 0.6
  /// Sightings from which on colours are known.
  private static let fewestLooks = 3.0
  /// What a second out of sight costs.
  private static let gapCost = 0.5
  /// What it costs to come back where nobody can come in.
  private static let elsewhereCost = 1.0
  /// Heights from a side within which somebody leaves, and within which somebody who came in is first seen.
  private static let sideTouch = 0.03
  private static let sideReach = 0.4
  /// Seconds after which an unseen person has 1/e of the speed last seen.
  private static let persistence = 0.7
}
