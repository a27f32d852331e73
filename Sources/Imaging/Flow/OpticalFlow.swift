package import Pose

/// How what a picture shows moves to where the next one shows it.
package protocol OpticalFlow: Sendable {
  /// Where points of the picture are in the next one, which may be outside of it; nil where that can't be told.
  func moved(_ points: [Point]) -> [Point?]
}
