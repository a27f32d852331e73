internal import Pose

/// Where each track has been in the last frames.
struct Trails: Hashable, Sendable {
  struct Position: Hashable, Sendable {
    var frame: Int
    var point: Point
  }

  let length: Int
  private var frame = 0
  private var positions: [Int: [Position]] = [:]

  init(length: Int) {
    self.length = max(0, length)
  }

  /// Takes in where the tracks of the next frame are, and forgets what is too old.
  mutating func append(_ centers: [(trackID: Int, point: Point)]) {
    guard length > 0 else { return }
    frame += 1
    for (trackID, point) in centers where point.x.isFinite && point.y.isFinite {
      positions[trackID, default: []].append(Position(frame: frame, point: point))
    }
    positions = positions.compactMapValues { trail in
      let recent = trail.filter { $0.frame > frame - length }
      return recent.isEmpty ? nil : recent
    }
  }

  /// The trails by track id, oldest positions first.
  var all: [(trackID: Int, positions: [Position])] {
    positions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// How fresh a position is: 1 in the last frame, down to nearly 0.
  func freshness(_ position: Position) -> Double {
    Double(length - (frame - position.frame)) / Double(length)
  }
}
