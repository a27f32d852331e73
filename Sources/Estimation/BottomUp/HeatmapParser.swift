private import Foundation
internal import Models
internal import Pose

/// People as mmpose 0.x reads them (`BottomUpGetImgSize`, `BottomUpResizeAlign`, `aggregate_stage_flip`, `HeatmapParser`,
/// `get_group_preds`).
struct HeatmapParser: GroupingMethod {
  let settings: HeatmapParserSettings
  let input: InputSize
  let jointOrder: [Int]

  var scaleFactors: [Double] { settings.scaleFactors.sorted(by: >) }
  var shiftsFlippedOutput: Bool { false }
  var enlargesToInput: Bool { settings.projectsToImage }
  var alignsCorners: Bool { settings.alignsCorners }

  func fit(width: Int, height: Int, scale: Double) -> PictureFit {
    let size = size(width, height, scale: scale)
    guard settings.usesUDP else {
      let (span, center) = (span(width, height, of: size), center(width, height))
      let factor = Double(size.width) / span.width
      return PictureFit(
        width: size.width, height: size.height,
        affine: Affine(
          a: factor, b: 0, c: Double(size.width) / 2 - factor * center.x, d: 0, e: factor,
          f: Double(size.height) / 2 - factor * center.y))
    }
    let span = span(width, height, of: self.size(width, height, scale: smallest))
    return PictureFit(
      width: size.width, height: size.height,
      affine: .scale(x: Double(size.width - 1) / span.width, y: Double(size.height - 1) / span.height))
  }

  func toPicture(width: Int, height: Int, from maps: PredictionMaps) -> Affine {
    let span = span(width, height, of: size(width, height, scale: 1))
    guard settings.usesUDP else {
      let center = center(width, height)
      return Affine(
        a: span.width / Double(maps.width), b: 0, c: center.x - span.width / 2, d: 0,
        e: span.height / Double(maps.height), f: center.y - span.height / 2)
    }
    return .scale(x: span.width / Double(maps.width - 1), y: span.height / Double(maps.height - 1))
  }

  private var smallest: Double { settings.scaleFactors.min() ?? 1 }

  /// The shorter side has the input's size at the smallest scale, both are multiples there, and grow with the scale.
  private func size(_ width: Int, _ height: Int, scale: Double) -> (width: Int, height: Int) {
    func grown(_ length: Int) -> Int { Int(Double(length) * scale / smallest) }
    func multiple(_ length: Double) -> Int { .ceiling(length, multipleOf: settings.baseLength) }
    if width < height {
      let least = multiple(smallest * Double(input.width))
      return (grown(least), grown(multiple(Double(least) / Double(width) * Double(height))))
    }
    let least = multiple(smallest * Double(input.height))
    return (grown(multiple(Double(least) / Double(height) * Double(width))), grown(least))
  }

  /// What of the picture's plane an input of `size` shows, in pixels of the picture; with UDP between the outer pixel centres.
  private func span(_ width: Int, _ height: Int, of size: (width: Int, height: Int)) -> (width: Double, height: Double)
  {
    let margin = settings.usesUDP ? 1 : 0
    let (inputWidth, inputHeight) = (Double(size.width - margin), Double(size.height - margin))
    if width < height {
      let shorter = Double(width - margin)
      return (shorter, inputHeight / inputWidth * shorter)
    }
    let shorter = Double(height - margin)
    return (inputWidth / inputHeight * shorter, shorter)
  }

  /// Whole pixels, halves to the even one.
  private func center(_ width: Int, _ height: Int) -> Point {
    Point(
      x: (Double(width) / 2).rounded(.toNearestOrEven), y: (Double(height) / 2).rounded(.toNearestOrEven))
  }

  func people(in maps: PeopleMaps) -> [MapPerson] {
    let candidates = maps.candidates(
      kernel: settings.suppressionKernel, threshold: settings.detectionThreshold, count: settings.maximumPeople)
    var people = group(candidates).map { MapPerson($0) }
    if settings.adjusts {
      for index in people.indices { adjust(&people[index], maps) }
    }
    guard settings.refines else { return people }
    let searched = settings.usesUDP && settings.adjusts && settings.refinesLogarithms ? maps.logarithms : maps
    for (index, keypoints) in KeypointSearch(searched, stepCost: 1).missing(of: people).enumerated() {
      for (joint, place) in keypoints where place.score > 0 {
        people[index].keypoints[joint] = refined(place, joint, searched)
      }
    }
    return people
  }
}

extension HeatmapParser {
  /// People as lists of the joints' keypoints, in the order in which they were begun. Each is known by the first number of the
  /// tag that began it, so that candidates with that very number are one person's.
  private func group(_ candidates: [[Candidate]]) -> [[MapKeypoint]] {
    let missing = Array(repeating: MapKeypoint(), count: candidates.count)
    var keys: [Float] = []
    var people: [Float: (keypoints: [MapKeypoint], tags: [[Float]])] = [:]
    func begin(_ joint: Int, _ candidate: Candidate) {
      let key = candidate.tag[0]
      if people[key] == nil { keys.append(key) }
      people[key, default: (missing, [])].keypoints[joint] = candidate.keypoint
      people[key]?.tags = [candidate.tag]
    }
    let limit = settings.ignoresTooMany ? settings.maximumPeople : .max
    for joint in jointOrder where !candidates[joint].isEmpty {
      guard !keys.isEmpty else {
        for candidate in candidates[joint] { begin(joint, candidate) }
        continue
      }
      let known = Array(keys.prefix(limit))
      let tags = known.map { (people[$0]?.tags ?? []).mean }
      let distances = candidates[joint].map { candidate in tags.map { Self.distance(candidate.tag, $0) } }
      let columns = Assignment.munkres(
        zip(candidates[joint], distances).map { candidate, row in
          let costs =
            settings.usesDetectionValue
            ? row.map { $0.rounded(.toNearestOrEven) * 100 - Double(candidate.value) } : row
          return costs + Array(repeating: 1e10, count: max(0, distances.count - row.count))
        })
      for (index, candidate) in candidates[joint].enumerated() {
        guard let column = columns[index] else { continue }
        if column < known.count, distances[index][column] < settings.tagThreshold {
          people[known[column]]?.keypoints[joint] = candidate.keypoint
          people[known[column]]?.tags.append(candidate.tag)
        } else {
          begin(joint, candidate)
        }
      }
    }
    return keys.prefix(limit).compactMap { people[$0]?.keypoints }
  }

  private static func distance(_ tag: [Float], _ other: [Float]) -> Double {
    zip(tag, other).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) }.squareRoot()
  }

  /// A quarter pixel towards the higher neighbour, or DARK's step with UDP.
  private func adjust(_ person: inout MapPerson, _ maps: PeopleMaps) {
    for joint in person.keypoints.indices where person.keypoints[joint].score > 0 {
      let place = person.keypoints[joint]
      guard settings.usesUDP else {
        person.keypoints[joint] = refined(place, joint, maps)
        continue
      }
      let (width, height) = (maps.heatmaps.width, maps.heatmaps.height)
      let step = maps.heatmaps.withMap(joint) { map in
        UDPDecoder.newtonStep(width: width, height: height, x: Int(place.x), y: Int(place.y)) { x, y in
          map.blurred(x: x, y: y, width: width)
        }
      }
      person.keypoints[joint].x = Float(Double(place.x) + step.x)
      person.keypoints[joint].y = Float(Double(place.y) + step.y)
    }
  }

  /// A quarter pixel towards the higher neighbour; to the left and up where neither is. Without UDP to pixel centres at halves.
  private func refined(_ place: MapKeypoint, _ joint: Int, _ maps: PeopleMaps) -> MapKeypoint {
    let (x, y, width) = (Int(place.x), Int(place.y), maps.heatmaps.width)
    let center: Float = settings.usesUDP ? 0 : 0.5
    return maps.heatmaps.withMap(joint) { map in
      let isRight = map[y * width + min(x + 1, width - 1)] > map[y * width + max(x - 1, 0)]
      let isBelow = map[min(y + 1, maps.heatmaps.height - 1) * width + x] > map[max(y - 1, 0) * width + x]
      return MapKeypoint(
        x: place.x + (isRight ? 0.25 : -0.25) + center, y: place.y + (isBelow ? 0.25 : -0.25) + center,
        score: place.score)
    }
  }
}

extension PeopleMaps {
  /// The logarithms of the blurred heatmaps, as UDP's step takes them.
  fileprivate var logarithms: PeopleMaps {
    var maps = heatmaps
    for joint in 0..<heatmaps.channels {
      heatmaps.withMap(joint) { map in
        for index in map.indices {
          let value = map.blurred(x: index % heatmaps.width, y: index / heatmaps.width, width: heatmaps.width)
          maps.values[joint * map.count + index] = log(min(max(value, 1e-3), 50))
        }
      }
    }
    return PeopleMaps(heatmaps: maps, tags: tags, toPicture: toPicture)
  }
}

extension UnsafeBufferPointer<Float> {
  /// A pixel of the map after OpenCV's `GaussianBlur` with a kernel of 3, which mirrors the map at its border.
  fileprivate func blurred(x: Int, y: Int, width: Int) -> Float {
    func mirrored(_ position: Int, _ count: Int) -> Int {
      count == 1 ? 0 : position < 0 ? -position : position >= count ? 2 * (count - 1) - position : position
    }
    var sum: Float = 0
    for (row, down) in zip(y - 1...y + 1, [0.25, 0.5, 0.25] as [Float]) {
      let start = mirrored(row, count / width) * width
      let line =
        0.25 * self[start + mirrored(x - 1, width)] + 0.5 * self[start + x] + 0.25
        * self[start + mirrored(x + 1, width)]
      sum += down * line
    }
    return sum
  }
}
