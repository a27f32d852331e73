private import Foundation
internal import Models
internal import Pose

/// People as mmpose 1.x reads them (`BottomupResize`, `AssociativeEmbeddingHead`, the codec `AssociativeEmbedding`).
struct AssociativeEmbedding: GroupingMethod {
  let settings: AssociativeEmbeddingSettings
  let resize: BottomupResize
  let jointOrder: [Int]

  var scaleFactors: [Double] { [1] }
  var shiftsFlippedOutput: Bool { settings.shiftsFlippedOutput }
  var enlargesToInput: Bool { settings.restoresHeatmapSize }
  var alignsCorners: Bool { settings.alignsCorners }

  func fit(width: Int, height: Int, scale: Double) -> PictureFit { resize.fit(width: width, height: height) }

  func toPicture(width: Int, height: Int, from maps: PredictionMaps) -> Affine {
    resize.toPicture(width: width, height: height, mapWidth: maps.width, mapHeight: maps.height)
  }

  func people(in maps: PeopleMaps) -> [MapPerson] {
    let candidates = maps.candidates(
      kernel: settings.suppressionKernel, threshold: Double(Float(settings.keypointThreshold)),
      count: settings.candidates)
    var people = group(candidates).map { MapPerson($0) }
    guard !people.isEmpty else { return [] }
    if settings.fillsFirst {
      let peaks = PeopleMaps(
        heatmaps: maps.heatmaps.suppressed(kernel: settings.suppressionKernel), tags: maps.tags,
        toPicture: maps.toPicture)
      fill(&people, peaks)
      refine(&people, peaks)
    } else {
      refine(&people, maps)
      fill(&people, settings.usesUDP ? logarithms(of: maps) : maps)
    }
    return people
  }

  /// The logarithms that UDP's step goes by. The published code works in place, so that missing keypoints are looked for on them;
  /// scores are below 0 there, and who has one is still missing.
  private func logarithms(of maps: PeopleMaps) -> PeopleMaps {
    var heatmaps = maps.heatmaps
    let blur = GaussianBlur(kernelSize: settings.blurKernel, border: .zero)
    for joint in 0..<heatmaps.channels {
      let levels = modulated(joint, of: maps.heatmaps, blur).map { log(min(max($0, 1e-3), 50)) }
      heatmaps.values.replaceSubrange(joint * levels.count..<(joint + 1) * levels.count, with: levels)
    }
    return PeopleMaps(heatmaps: heatmaps, tags: maps.tags, toPicture: maps.toPicture)
  }

  private func modulated(_ joint: Int, of heatmaps: PredictionMaps, _ blur: GaussianBlur) -> [Float] {
    heatmaps.modulated(joint, blur, peak: heatmaps.withMap(joint) { $0.max() ?? 0 })
  }
}

extension AssociativeEmbedding {
  private struct Group {
    var keypoints: [MapKeypoint]
    var tags: [[Float]] = []

    mutating func take(_ candidate: Candidate, as joint: Int) {
      keypoints[joint] = candidate.keypoint
      tags.append(candidate.tag)
    }
  }

  /// People as lists of the joints' keypoints, in the order in which they were begun.
  private func group(_ candidates: [[Candidate]]) -> [[MapKeypoint]] {
    var groups: [Group] = []
    func begin(_ joint: Int, _ candidate: Candidate) {
      groups.append(Group(keypoints: Array(repeating: MapKeypoint(), count: candidates.count)))
      groups[groups.count - 1].take(candidate, as: joint)
    }
    let limit = settings.maximumInstances ?? .max
    for joint in jointOrder where !candidates[joint].isEmpty {
      guard !groups.isEmpty else {
        for candidate in candidates[joint] { begin(joint, candidate) }
        continue
      }
      groups.removeLast(max(0, groups.count - limit))
      let tags = groups.map(\.tags.mean)
      let distances = candidates[joint].map { candidate in tags.map { Self.distance(candidate.tag, $0) } }
      let columns = Assignment.munkres(
        zip(candidates[joint], distances).map { candidate, row in
          row.map { $0.rounded(.toNearestOrEven) * 100 - candidate.value }
            + Array(repeating: 1e10, count: max(0, distances.count - row.count))
        })
      for (index, candidate) in candidates[joint].enumerated() {
        guard let column = columns[index] else { continue }
        if column < tags.count, distances[index][column] < Float(settings.tagThreshold) {
          groups[column].take(candidate, as: joint)
        } else {
          begin(joint, candidate)
        }
      }
    }
    return groups.prefix(limit).map(\.keypoints)
  }

  private static func distance(_ tag: [Float], _ other: [Float]) -> Float {
    zip(tag, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func fill(_ people: inout [MapPerson], _ maps: PeopleMaps) {
    let found = KeypointSearch(maps, stepCost: 100).missing(of: people)
    for (index, keypoints) in found.enumerated() {
      for (joint, place) in keypoints { people[index].keypoints[joint] = place }
    }
  }

  /// A quarter pixel towards the higher neighbour, or DARK's step with UDP; keypoints that were detected move by the shift, too.
  private func refine(_ people: inout [MapPerson], _ maps: PeopleMaps) {
    let heatmaps = maps.heatmaps
    let (width, height) = (heatmaps.width, heatmaps.height)
    let blur = settings.usesUDP ? GaussianBlur(kernelSize: settings.blurKernel, border: .zero) : nil
    for joint in 0..<heatmaps.channels {
      let blurred = blur.map { modulated(joint, of: heatmaps, $0) }
      for index in people.indices {
        let place = people[index].keypoints[joint]
        let (x, y) = (Int(place.x), Int(place.y))
        let step: (x: Double, y: Double)
        if let blurred {
          step = UDPDecoder.newtonStep(width: width, height: height, x: x, y: y) { blurred[$1 * width + $0] }
        } else {
          step = heatmaps.withMap(joint) { $0.quarterStep(width: width, height: height, x: x, y: y) }
        }
        let shift = place.score > 0 ? settings.centerShift : 0
        people[index].keypoints[joint].x = Float(Double(place.x) + step.x + shift)
        people[index].keypoints[joint].y = Float(Double(place.y) + step.y + shift)
      }
    }
  }
}
