internal import Models
internal import Pose

/// What a network says of the people of one picture that finds them by their centres.
package struct RegressionMaps: Sendable {
  /// One a joint, and then one of centres.
  let heatmaps: PredictionMaps
  /// Two a joint: how many map pixels to the right of the centre it lies, and how many below.
  let displacements: PredictionMaps
  /// Pixels of the input a map pixel.
  let stride: Float
  /// From map pixels to the picture.
  let toPicture: Affine
}

/// A person whose centre was found.
struct RegressedPerson: Sendable {
  /// In map pixels.
  var joints: [SIMD2<Float>]
  var centerScore: Float
  var jointScores: [Float]

  /// What stands for the person where people compete.
  var meanJointScore: Float { jointScores.reduce(0, +) / Float(jointScores.count) }
}

extension RegressionMaps {
  /// The highest peaks of the map of centres, the highest first, each with the joints that it points to (mmpose `SPR.decode`).
  func people(_ settings: SPRSettings) -> [RegressedPerson] {
    let (width, joints) = (heatmaps.width, heatmaps.channels - 1)
    let centers = heatmaps.withMap(joints) { map in
      let peaks = map.indices.filter {
        Double(map[$0]) > settings.centerThreshold && map.isPeak($0, width: width, kernel: settings.suppressionKernel)
      }
      return peaks.sorted { (map[$1], $0) < (map[$0], $1) }.prefix(settings.maximumInstances).map { ($0, map[$0]) }
    }
    return centers.map { index, score in
      let center = SIMD2(Float(index % width), Float(index / width))
      let places = (0..<joints).map { joint in
        center
          + SIMD2(
            displacements.withMap(2 * joint) { $0[index] }, displacements.withMap(2 * joint + 1) { $0[index] })
      }
      return RegressedPerson(
        joints: places, centerScore: score, jointScores: places.indices.map { heatmapValue($0, at: places[$0]) })
    }
  }

  /// A joint's heatmap at a place, interpolated as PyTorch's `grid_sample` does for corners at -1 and 1 without `align_corners`: places
  /// are stretched about the middle by a pixel. The border goes on outside.
  private func heatmapValue(_ joint: Int, at place: SIMD2<Float>) -> Float {
    let (width, height) = (heatmaps.width, heatmaps.height)
    func position(_ value: Float, _ count: Int) -> (low: Int, high: Int, share: Float) {
      guard count > 1 else { return (0, 0, 0) }
      let stretched = ((value / Float(count - 1) * 2 - 1 + 1) * Float(count) - 1) / 2
      let inside = min(max(stretched, 0), Float(count - 1))
      let low = Int(inside)
      return (low, min(low + 1, count - 1), inside - Float(low))
    }
    let (x, y) = (position(place.x, width), position(place.y, height))
    return heatmaps.withMap(joint) { map in
      let above = map[y.low * width + x.low] * (1 - x.share) + map[y.low * width + x.high] * x.share
      let below = map[y.high * width + x.low] * (1 - x.share) + map[y.high * width + x.high] * x.share
      return above * (1 - y.share) + below * y.share
    }
  }
}
