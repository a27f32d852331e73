internal import Foundation
internal import Imaging
internal import Timing

/// Decoded pictures one after the other, in the order of presentation: a media file or a list of images.
protocol PictureSource: AnyObject {
  var damage: DecodeDamage { get }

  /// What a person should know about the source, as far as it was read.
  var warnings: [String] { get }

  /// Decodes the next picture into `frame`; nil at the end.
  func next(into frame: OwnedFrame) throws(VideoError) -> PicturePlace?

  /// What is known before the first picture; sizes and colours come from the picture itself.
  func describe(into info: inout VideoInfo)

  /// How the picture that was decoded last is to be turned.
  func orientation(of frame: OwnedFrame) -> Orientation
}

/// Where a picture stands in its source.
struct PicturePlace {
  var index: Int
  var time: MediaTime
  var duration: MediaTime?
  var name: String?
  /// Since the picture before; nil where that is not known.
  var motion: MotionField?
}
