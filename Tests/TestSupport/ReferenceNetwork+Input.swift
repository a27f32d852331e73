private import Foundation
package import Inference
private import ModelFiles
private import Models

extension ReferenceNetwork {
  /// The normalised picture and its mirror image: 2 × 3 × H × W.
  package func input() throws -> Tensor {
    guard let file = file("input"), let image = try SafetensorsFile(contentsOf: file).tensors["image"] else {
      throw CocoaError(.fileNoSuchFile)
    }
    let bytes = try image.read().integers
    let (width, height) = description.inputSize
    let pixels = PixelFormat.imageNet
    let plane = height * width
    return try Tensor(shape: [2, 3, height, width]) { floats in
      for channel in 0..<3 {
        for y in 0..<height {
          for x in 0..<width {
            let byte = Float(bytes[(y * width + x) * 3 + channel])
            let value = (byte - pixels.mean[channel]) / pixels.std[channel]
            floats[channel * plane + y * width + x] = value
            floats[(3 + channel) * plane + y * width + width - 1 - x] = value
          }
        }
      }
    }
  }
}
