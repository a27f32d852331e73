package import Pose

/// Which people of a video are kept, where not all are.
package struct Choice: Hashable, Sendable, Codable {
  /// So many who take up most of the picture: by the areas of their boxes, added over all frames, so that someone who comes near
  /// for a moment does not count as much as someone who stays.
  package var largest: Int?
  /// Those who are at these places.
  package var follow: [Spot] = []

  /// A place in the picture at a time.
  package struct Spot: Hashable, Sendable, Codable {
    /// In pixels.
    package var point: Point
    /// In seconds of the video.
    package var time: Double

    package init(_ point: Point, time: Double) { (self.point, self.time) = (point, time) }
  }

  package init(largest: Int) { self.largest = largest }

  package init(follow: [Spot]) { self.follow = follow }
}

/// Nobody is where somebody was to be followed.
package struct NobodyThere: Error {
  package var spot: Choice.Spot
  /// Who is seen nearest to it at about that time; nil where nobody is.
  package var nearest: (trackID: Int, box: Box, time: Double)?
  /// The times of the first and the last frame; nil without any frames.
  package var times: ClosedRange<Double>?
}
