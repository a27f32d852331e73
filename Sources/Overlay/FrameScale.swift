internal import Foundation
internal import Pose

/// Sizes of what is drawn, in pixels, for a frame and a person in it.
struct FrameScale {
  /// 1 for 1920 × 1080.
  private let unit: Double
  private let frameHeight: Double

  init(width: Int, height: Int) {
    unit = pow(Double(max(1, width * height)) / (1920 * 1080), 0.39)
    frameHeight = Double(max(1, height))
  }

  /// The width of a limb of a body; people far away get somewhat finer ones.
  func limbWidth(personHeight: Double) -> Double {
    let share = personHeight.isFinite ? max(0, personHeight) / frameHeight : 0.5
    return max(1.6, 5.2 * unit * min(1.3, max(0.55, pow(share / 0.5, 0.4))))
  }

  var boxWidth: Double { max(1.2, 2.6 * unit) }
  var boxCorner: Double { 7 * unit }
  var outline: Double { max(0.8, 1.5 * unit) }
  var trailWidth: Double { max(1.8, 5 * unit) }
  var capHeight: Double { max(8, 17 * unit) }
  var captionHeight: Double { max(8, 19 * unit) }
  var margin: Double { max(4, 14 * unit) }
}
