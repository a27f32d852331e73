internal import Foundation
internal import Imaging
internal import TestSupport

/// Pictures made with OpenCV 5.0 (`warpAffine` and `resize`) from `source`, a 46 × 37 pattern with noise.
enum Fixture {
  static func url(_ name: String) throws -> URL {
    let folder = Bundle.module.resourceURL?.appending(path: "Fixtures")
    guard let url = folder?.appending(path: name) else { throw CocoaError(.fileNoSuchFile) }
    return url
  }

  static func image(_ name: String) throws -> Image {
    try Image(ppm: url("\(name).ppm"))
  }
}

extension Image {
  /// The largest difference of any byte; nil where the sizes differ.
  func largestDifference(to other: Image) -> Int? {
    guard width == other.width, height == other.height else { return nil }
    return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}
