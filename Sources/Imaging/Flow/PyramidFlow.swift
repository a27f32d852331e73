package import Pose

/// The flow from one picture to another, point by point.
package struct PyramidFlow: OpticalFlow {
  private let from: FlowPyramid
  private let to: FlowPyramid
  private let method = LucasKanade()

  /// Windows that differ by more levels of 0…255 don't show the same.
  private static let largestDifference = 40.0

  /// The pictures have one size.
  package init(from: FlowPyramid, to: FlowPyramid) { (self.from, self.to) = (from, to) }

  package func moved(_ points: [Point]) -> [Point?] {
    method.matches(of: points, from: from, to: to).map { match in
      match.flatMap { $0.difference <= Self.largestDifference ? $0.point : nil }
    }
  }
}
