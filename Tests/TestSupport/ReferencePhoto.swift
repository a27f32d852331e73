package import Foundation

/// What mmpose's `inference_topdown` finds in a photo by a network with random weights.
package struct ReferencePhoto: Decodable {
  package struct Person: Decodable {
    /// x, y, width, height.
    package var bboxXywh: [Double]
    /// x and y of every joint, in pixels of the photo.
    package var keypoints: [[Double]]
    package var scores: [Double]
    /// How far keypoints move when the input changes by very little, since maxima of random maps are about as high
    /// elsewhere; in pixels.
    private var sensitivityPx: [Double]
    private var sensitivityPx10Pct: [Double]

    /// Whether the place of a joint means anything.
    package func isSteady(_ joint: Int) -> Bool { max(sensitivityPx[joint], sensitivityPx10Pct[joint]) < 0.5 }
  }

  package var networkName: String
  package var flipTest: Bool
  package var shiftHeatmap: Bool
  package var useUdp: Bool
  package var codec: ReferenceCodec
  package var padding: Double
  /// The path of its file.
  package var image: String
  package var results: [Person]

  /// All photos that a network was run on. Skips the test where the reference is absent.
  package static func all(of network: String) throws -> [ReferencePhoto] {
    struct Pipeline: Decodable { var results: [ReferencePhoto] }
    let file = try SharedFiles.file("reference/pipeline/inference_topdown.json")
    return try JSONDecoder.mmpose.decode(Pipeline.self, from: Data(contentsOf: file)).results.filter {
      $0.networkName == network
    }
  }
}

extension JSONDecoder {
  /// For files with Python's names.
  package static var mmpose: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}
