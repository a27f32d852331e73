private import Foundation
internal import Pose

/// How a camera that pans moves the picture, as far as the people in view tell.
///
/// Whoever walks mostly keeps its pace; where all change it together, it is the camera that begins to pan, pans on or stops. It is
/// the median that is taken: a consensus that is asked to be unanimous hardly ever is, as those who are nearer to the camera
/// cross the picture faster.
struct CameraPan: Sendable {
  /// In pixels a second, beside what it was for the seconds before.
  private var velocity = Point(x: 0, y: 0)

  /// Fewer people don't tell.
  private static let fewestPeople = 4
  /// Seconds after which 1/e of a steady pan is left, as nobody can tell it from people who all walk one way.
  private static let memory = 1.0

  /// How much faster everyone in view has become since the frame before; nil where that can't be told.
  ///
  /// - Parameter changes: Of the velocity of each person in view.
  static func commonChange(_ changes: [Point]) -> Point? {
    guard changes.count >= fewestPeople else { return nil }
    return Point(x: changes.map(\.x).median, y: changes.map(\.y).median)
  }

  mutating func accelerate(by change: Point) { velocity = Point(x: velocity.x + change.x, y: velocity.y + change.y) }

  /// Goes `interval` seconds ahead, and gives how far the picture moves in them.
  mutating func advance(_ interval: Double) -> Point {
    let kept = exp(-interval / Self.memory)
    let way = Self.memory * (1 - kept)
    defer { velocity = Point(x: kept * velocity.x, y: kept * velocity.y) }
    return Point(x: way * velocity.x, y: way * velocity.y)
  }
}
