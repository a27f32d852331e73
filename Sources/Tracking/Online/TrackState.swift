/// Where a track stands in its life.
enum TrackState: Hashable, Sendable {
  /// Seen in so many frames in a row, not yet believed.
  case tentative(seen: Int)
  case active
  /// Believed, but unseen at the moment.
  case lost
  case ended

  /// A pose was linked, or the track begins with one.
  func seeing(certain: Bool, confirmAfter: Int) -> TrackState {
    switch self {
    case .tentative(let seen):
      certain || seen + 1 >= confirmAfter ? .active : .tentative(seen: seen + 1)
    case .active, .lost: .active
    case .ended: .ended
    }
  }

  /// A frame went by without a pose for it, which was last seen so many seconds ago.
  func missing(unseen: Double, maximumGap: Double) -> TrackState {
    switch self {
    case .tentative, .ended: .ended
    // Times are sums of fractions; the frame that lies at the gap itself still counts.
    case .active, .lost: unseen <= maximumGap + 1e-6 ? .lost : .ended
    }
  }
}
