internal import Pose

/// How much faster everyone in view has become since the frame before.
///
/// Whoever walks mostly keeps its pace; where all change it together, it is the camera that begins to pan, pans on or stops. The
/// people out of view, of whom only the last velocity is known, change theirs with it. It is the median that is taken: a consensus that
/// is asked to be unanimous hardly ever is, as those who are nearer to the camera cross the picture faster.
enum CommonAcceleration {
  /// Fewer people don't tell.
  private static let fewestPeople = 4

  /// - Parameter changes: Of the velocity of each person in view.
  static func among(_ changes: [Point]) -> Point? {
    guard changes.count >= fewestPeople else { return nil }
    return Point(x: median(changes.map(\.x)), y: median(changes.map(\.y)))
  }

  private static func median(_ values: [Double]) -> Double {
    let (sorted, middle) = (values.sorted(), values.count / 2)
    return values.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
