/// Where a track stands in its life.
enum TrackState: Hashable, Sendable {
  /// Seen in so many frames in a row, not yet believed; has no id.
  case tentative(seen: Int)
  case active
  /// Believed, but unseen for so many frames.
  case lost(frames: Int)
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

  /// A frame went by without a pose for it.
  func missing(maximumGap: Int) -> TrackState {
    switch self {
    case .tentative, .ended: .ended
    case .active: maximumGap > 0 ? .lost(frames: 1) : .ended
    case .lost(let frames): frames < maximumGap ? .lost(frames: frames + 1) : .ended
    }
  }
}
