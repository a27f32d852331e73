/// Where a picture lies in the planes to draw on, which have the size of the first one.
package struct Placement: Hashable, Sendable {
  /// Pixels of the planes for one of the picture.
  package var scaleX: Double
  package var scaleY: Double
  /// The top left corner of the picture, in pixels of the planes.
  package var left: Double
  package var top: Double
}

extension Placement {
  /// - Parameters:
  ///   - stored: the picture's place in the frame with bars, as it is stored.
  ///   - width: of the upright planes.
  init(
    _ stored: (left: Int, top: Int, width: Int, height: Int), in frame: (width: Int, height: Int),
    _ orientation: Orientation, width: Int, height: Int
  ) {
    let whole = orientation.size(width: frame.width, height: frame.height)
    let size = orientation.size(width: stored.width, height: stored.height)
    let corner = orientation.transposes ? (x: stored.top, y: stored.left) : (x: stored.left, y: stored.top)
    scaleX = Double(width) / Double(whole.width)
    scaleY = Double(height) / Double(whole.height)
    left = Double(orientation.mirrorsX ? whole.width - size.width - corner.x : corner.x) * scaleX
    top = Double(orientation.mirrorsY ? whole.height - size.height - corner.y : corner.y) * scaleY
  }
}
