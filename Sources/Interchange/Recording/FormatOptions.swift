package import Pose
package import Timing

/// What the reader of a format must be told where the file does not say it.
package struct ReadingOptions: Sendable {
  /// What the keypoints are; nil where the file says it, or they are those of COCO.
  package var keypointSet: Skeleton?
  /// Of the pictures, for formats with coordinates in fractions of it.
  package var size: PictureSize?
  /// The length of a pixel, for formats with coordinates in metres.
  package var metresPerPixel: Double?

  package init(keypointSet: Skeleton? = nil, size: PictureSize? = nil, metresPerPixel: Double? = nil) {
    (self.keypointSet, self.size, self.metresPerPixel) = (keypointSet, size, metresPerPixel)
  }
}

/// What the writer of a format must be told where the poses do not say it.
package struct WritingOptions: Sendable {
  /// Of the pictures.
  package var size: PictureSize?
  /// Frames a second, for formats that need a time.
  package var frameRate: Rational?
  /// The length of a pixel, for formats with coordinates in metres.
  package var metresPerPixel: Double?

  package init(size: PictureSize? = nil, frameRate: Rational? = nil, metresPerPixel: Double? = nil) {
    (self.size, self.frameRate, self.metresPerPixel) = (size, frameRate, metresPerPixel)
  }
}
