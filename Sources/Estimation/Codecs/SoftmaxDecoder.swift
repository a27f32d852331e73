internal import Foundation

/// Softmax over the cells of a map of logits and one cell that stands for "not here", then the mean position around the peak.
///
/// The codec of the network embedded in this program; the score is the probability that the joint is in the window.
struct SoftmaxDecoder: KeypointDecoder {
  let input: InputSize
  /// Cells on each side of the peak.
  let window: Int
  let temperature: Float
  let nullLogit: Float
  let outputs = [OutputLayout.heatmaps]

  func prepare(_ outputs: [PredictionMaps]) -> [PredictionMaps] {
    var maps = outputs[0]
    let size = maps.width * maps.height
    maps.values.withUnsafeMutableBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: size) {
        softmax(UnsafeMutableBufferPointer(rebasing: values[start..<start + size]))
      }
    }
    return [maps]
  }

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    let maps = outputs[0]
    return (0..<maps.channels).map { channel in
      guard let peak = maps.peak(channel) else { return nil }
      var (mass, x, y) = (0.0, 0.0, 0.0)
      maps.withMap(channel) { map in
        for row in max(0, peak.y - window)...min(maps.height - 1, peak.y + window) {
          for column in max(0, peak.x - window)...min(maps.width - 1, peak.x + window) {
            let probability = Double(map[row * maps.width + column])
            mass += probability
            x += probability * Double(column)
            y += probability * Double(row)
          }
        }
      }
      return input.keypoint(x: x / mass, y: y / mass, in: maps, score: Float(mass))
    }
  }

  private func softmax(_ values: UnsafeMutableBufferPointer<Float>) {
    var highest = nullLogit
    for value in values { highest = max(highest, value / temperature) }
    var sum = exp(nullLogit - highest)
    for index in values.indices {
      values[index] = exp(values[index] / temperature - highest)
      sum += values[index]
    }
    for index in values.indices {
      values[index] /= sum
    }
  }
}
