package import Foundation
package import Imaging

/// Portable pixmaps (Netpbm's binary P6, 8 bits), without comments.
extension Image {
  package struct PPMFailure: Error {}

  package init(ppm url: URL) throws {
    let data = try Data(contentsOf: url)
    let header = data.prefix(64).split(maxSplits: 4, omittingEmptySubsequences: true) { $0 == 10 || $0 == 32 }
    guard header.count >= 4, header[0].elementsEqual("P6".utf8),
      let width = Int(String(decoding: header[1], as: UTF8.self)),
      let height = Int(String(decoding: header[2], as: UTF8.self)),
      data.count - header[3].endIndex - 1 == width * height * 3
    else { throw PPMFailure() }
    self.init(width: width, height: height, pixels: Array(data[(header[3].endIndex + 1)...]))
  }
}
