internal import Pose

/// How far the picture has moved since the people in it were predicted, as most of them agree.
///
/// People who move by themselves go different ways; if most of them are all off by the same shift, and hardly anybody is where
/// expected, it was the camera. Where that is not so there is no shift: a consensus that is always believed takes people
/// who walk together for a camera that pans.
struct CameraShift {
  /// Fewer people can't agree.
  private static let fewestPeople = 3
  /// In heights of the person: what counts as in its place, and the longest shift.
  private static let radius = 0.15
  private static let longest = 1.5
  /// The share of the people who must agree, and how many of those may have been in place without the shift.
  private static let agreement = 0.6
  private static let inPlace = 0.5
  /// Only so many shifts are tried in a crowd.
  private static let mostTrials = 400

  private struct Offset {
    var x: Double
    var y: Double

    func squaredDistance(to other: Offset) -> Double {
      (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)
    }
  }

  /// For every person, how far each pose of its size is from its prediction.
  private let offsets: [[Offset]]
  private let heights: [Double]

  /// nil where nothing speaks for a shift.
  static func between(_ predicted: [Box], and found: [Box]) -> Point? {
    guard predicted.count >= fewestPeople, found.count >= fewestPeople else { return nil }
    return CameraShift(predicted, found).consensus
  }

  private init(_ predicted: [Box], _ found: [Box]) {
    heights = predicted.map { max(1, $0.height) }
    offsets = predicted.map { box in
      found.compactMap { other in
        let ratio = box.height / max(1, other.height)
        guard ratio > 0.75, ratio < 1 / 0.75 else { return nil }
        let offset = Offset(x: other.center.x - box.center.x, y: other.center.y - box.center.y)
        let reach = (Self.longest + Self.radius) * box.height
        return offset.squaredDistance(to: Offset(x: 0, y: 0)) < reach * reach ? offset : nil
      }
    }
  }

  private var consensus: Point? {
    let still = support(of: Offset(x: 0, y: 0))
    let needed = max(Double(Self.fewestPeople), Self.agreement * Double(heights.count))
    // Most people in place: it can't be the camera, and no shift has to be tried.
    guard Double(still.count) <= Self.inPlace * Double(heights.count) else { return nil }
    var best = (shift: Offset(x: 0, y: 0), support: still)
    for shift in offsets.joined().prefix(Self.mostTrials) {
      let support = support(of: shift)
      if support.weight > best.support.weight { best = (shift, support) }
    }
    guard Double(best.support.count) >= needed,
      Double(still.count) <= Self.inPlace * Double(best.support.count)
    else { return nil }
    return refined(best.shift)
  }

  /// How many people are in place after a shift, and how exactly.
  private func support(of shift: Offset) -> (weight: Double, count: Int) {
    var support = (weight: 0.0, count: 0)
    for person in heights.indices {
      guard let nearest = nearest(person, shift), nearest.distance < Self.radius else { continue }
      support.weight += 1 - nearest.distance / Self.radius
      support.count += 1
    }
    return support
  }

  private func nearest(_ person: Int, _ shift: Offset) -> (offset: Offset, distance: Double)? {
    var nearest: (offset: Offset, squared: Double)?
    for offset in offsets[person] {
      let squared = offset.squaredDistance(to: shift)
      if squared < nearest?.squared ?? .infinity { nearest = (offset, squared) }
    }
    return nearest.map { ($0.offset, $0.squared.squareRoot() / heights[person]) }
  }

  /// The median of the offsets of those in place.
  private func refined(_ shift: Offset) -> Point? {
    let agreeing = heights.indices.compactMap { person in
      nearest(person, shift).flatMap { $0.distance < Self.radius ? $0.offset : nil }
    }
    guard let x = agreeing.map(\.x).upperMedian, let y = agreeing.map(\.y).upperMedian else { return nil }
    return Point(x: x, y: y)
  }
}
