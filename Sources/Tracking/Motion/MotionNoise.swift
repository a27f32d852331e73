private import Foundation
internal import Pose

/// How noisy the motion and the boxes of one person are beside what is usual, learnt from how wrong its predictions were.
///
/// Where a filter is right its errors have no memory (Mehra, IEEE Transactions on Automatic Control 15, 1970): one that
/// keeps the direction of the one before says that velocities change more than expected, one that turns back that the boxes
/// jump. And they are as large as expected, or all noise is scaled.
struct MotionNoise: Sendable {
  /// Of all noise.
  private(set) var scale = 1.0
  /// How much velocities change, beside that.
  private(set) var agility = 1.0
  private var previous: Point?

  private static let scales = 0.6...2.5
  private static let agilities = 0.125...8
  /// What one error changes, as logarithms.
  private static let scaling = 0.05
  private static let turning = 0.1
  /// Squared errors and products beyond these are taken for accidents.
  private static let largestSquare = 4.0
  private static let largestProduct = 2.0

  /// - Parameter error: What was measured less what was predicted, in standard deviations.
  mutating func learn(from error: Point) {
    let square = (error.x * error.x + error.y * error.y) / 2
    scale = (scale * exp(Self.scaling * (min(square, Self.largestSquare) - 1))).clamped(to: Self.scales)
    if let previous {
      let product = (error.x * previous.x + error.y * previous.y) / 2
      let turn = product.clamped(to: -Self.largestProduct...Self.largestProduct)
      agility = (agility * exp(Self.turning * turn)).clamped(to: Self.agilities)
    }
    previous = error
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
