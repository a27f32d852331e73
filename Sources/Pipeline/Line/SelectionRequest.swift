package import Detection
internal import Files
package import Foundation
internal import Imaging
package import Pose
internal import Video

/// Where people are looked for and which boxes count, as the user asks for it.
package struct SelectionRequest: Hashable, Sendable {
  /// Looks at parts of the frame, too.
  package var tiles: TiledBoxes.Grid?
  /// In pixels of the frame.
  package var region: Box?
  /// A picture of the size of the frames; people are not looked for where it is not black.
  package var ignored: URL?
  /// In pixels of the frame.
  package var minimumHeight: Double?

  package init() {}

  /// A detector that looks where it is asked to.
  func tiled(_ detector: any BoxProvider) -> any BoxProvider {
    tiles.map { TiledBoxes(detector: detector, grid: $0) } ?? detector
  }

  /// What the boxes are filtered by; nil where all of them count. Throws where the mask can't be read.
  func selection() throws -> BoxSelection? {
    guard region != nil || ignored != nil || minimumHeight != nil else { return nil }
    return BoxSelection(region: region, ignored: try ignored.map(Self.mask), minimumHeight: minimumHeight)
  }

  /// What is recorded of it; nil where nothing was asked for.
  func settings() throws -> SelectionSettings? {
    guard self != SelectionRequest() else { return nil }
    return SelectionSettings(
      tiles: tiles.map { [$0.columns, $0.rows] },
      region: region.map { [$0.x, $0.y, $0.width, $0.height] },
      ignored: try ignored.map { try FileDigest.sha256(of: $0) },
      minimumHeight: minimumHeight)
  }

  private static func mask(_ file: URL) throws -> IgnoreMask {
    guard let frame = try VideoReader(source: file).next() else {
      throw PipelineError(.unusable, "\(file.relativePath): holds no picture that says what is ignored")
    }
    let picture = frame.picture.image
    return IgnoreMask(width: picture.width, height: picture.height) { x, y in
      let start = (y * picture.width + x) * 3
      return picture.pixels[start..<start + 3].contains { $0 > 127 }
    }
  }
}
