public import Pose

/// What can be drawn. Lengths are in pixels; pixel centres are at integer coordinates.
public enum Shape: Hashable, Sendable {
  /// A line with round ends.
  case line(from: Point, to: Point, width: Double)
  case disc(center: Point, radius: Double)
  /// A circle's outline, half of its width on either side of the radius.
  case ring(center: Point, radius: Double, width: Double)
  /// A filled rectangle with rounded corners.
  case rectangle(Box, cornerRadius: Double)
  /// A rectangle's outline, half of its width on either side of the edge.
  case frame(Box, cornerRadius: Double, width: Double)
  /// An ellipse that fills the box.
  case ellipse(Box)
}
