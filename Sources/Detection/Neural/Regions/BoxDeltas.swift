internal import Foundation

/// How regression moves a box: the centre by parts of its size, the size by factors (Girshick et al., R-CNN, 2014; mmdetection's
/// `DeltaXYWHBBoxCoder`).
struct BoxDeltas {
  var means: [Float] = [0, 0, 0, 0]
  var deviations: [Float] = [1, 1, 1, 1]

  /// Sizes change by a factor of 1000/16 at most.
  private static let largestLog = abs(log(Float(16) / 1000))

  /// - Parameter size: boxes are clipped to a picture of this size.
  func moved(
    _ box: Corners, by deltas: (Float, Float, Float, Float), within size: (width: Float, height: Float)?
  ) -> Corners {
    let dx = deltas.0 * deviations[0] + means[0]
    let dy = deltas.1 * deviations[1] + means[1]
    let dw = min(max(deltas.2 * deviations[2] + means[2], -Self.largestLog), Self.largestLog)
    let dh = min(max(deltas.3 * deviations[3] + means[3], -Self.largestLog), Self.largestLog)
    let (width, height) = (box.width * exp(dw), box.height * exp(dh))
    let x = (box.x1 + box.x2) * 0.5 + box.width * dx
    let y = (box.y1 + box.y2) * 0.5 + box.height * dy
    let moved = Corners(x1: x - width * 0.5, y1: y - height * 0.5, x2: x + width * 0.5, y2: y + height * 0.5)
    guard let size else { return moved }
    return Corners(
      x1: min(max(moved.x1, 0), size.width), y1: min(max(moved.y1, 0), size.height),
      x2: min(max(moved.x2, 0), size.width), y2: min(max(moved.y2, 0), size.height))
  }
}
