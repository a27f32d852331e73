extension Pose {
  /// Decimals of coordinates in saved poses: 1/1000 pixel.
  public static let coordinatePlaces = 3
  /// Decimals of scores in saved poses: enough to rank by them as by the network's own 32-bit numbers.
  public static let scorePlaces = 9

  /// The pose with its numbers rounded to what a file holds.
  ///
  /// Done once, before poses are linked, drawn or saved, it makes reading a saved pose give the very numbers that were
  /// drawn and linked.
  public func rounded() -> Pose {
    func round(_ value: Double, _ scale: Double) -> Double { (value * scale).rounded() / scale }
    func coordinate(_ value: Double) -> Double { round(value, 1_000) }
    func score(_ value: Double) -> Double { round(value, 1_000_000_000) }
    return Pose(
      keypoints: keypoints.map { keypoint in
        keypoint.map {
          Keypoint(Point(x: coordinate($0.point.x), y: coordinate($0.point.y)), score: score($0.score))
        }
      },
      box: Box(
        x: coordinate(box.x), y: coordinate(box.y), width: coordinate(box.width), height: coordinate(box.height)),
      score: score(self.score), appearance: appearance)
  }
}
