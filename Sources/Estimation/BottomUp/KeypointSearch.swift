/// Looks for the missing keypoints of grouped people: the place where the map is high and the tag near the person's, a step of tag
/// distance costing so much.
///
/// The published code goes over every pixel for every person. This goes over squares of pixels, and leaves out those that cannot
/// hold the best place: their highest pixel and the nearest of their tags say so.
struct KeypointSearch: Sendable {
  private static let side = 16

  private let maps: PeopleMaps
  /// What every whole step of distance between tags takes off the height of the map.
  private let stepCost: Float

  init(_ maps: PeopleMaps, stepCost: Float) {
    self.maps = maps
    self.stepCost = stepCost
  }

  /// For each person the joints that are missing, with the best place for each.
  func missing(of people: [MapPerson]) -> [[(joint: Int, place: MapKeypoint)]] {
    let tags = people.map { maps.tag(of: $0) }
    let places = Parallel.map(maps.heatmaps.channels) { joint in
      let seekers = people.indices.filter { people[$0].keypoints[joint].score <= 0 }
      return seekers.isEmpty ? [:] : search(joint, seekers, tags)
    }
    return people.indices.map { person in
      places.indices.compactMap { joint in places[joint][person].map { (joint, $0) } }
    }
  }

  /// A square of pixels and its highest pixel.
  private struct Square {
    var columns: Range<Int>
    var rows: Range<Int>
    var highest: Float
  }

  private func search(_ joint: Int, _ seekers: [Int], _ tags: [[Float]]) -> [Int: MapKeypoint] {
    let squares = squares(joint)
    let ranges = ranges(joint, squares)
    return Dictionary(
      uniqueKeysWithValues: seekers.map { person in (person, best(joint, squares, ranges, near: tags[person])) })
  }

  private func squares(_ joint: Int) -> [Square] {
    let (width, height) = (maps.heatmaps.width, maps.heatmaps.height)
    return maps.heatmaps.withMap(joint) { map in
      stride(from: 0, to: height, by: Self.side).flatMap { top in
        stride(from: 0, to: width, by: Self.side).map { left in
          let rows = top..<min(top + Self.side, height)
          let columns = left..<min(left + Self.side, width)
          return Square(
            columns: columns, rows: rows, highest: map.highest(rows: rows, columns: columns, width: width))
        }
      }
    }
  }

  private typealias TagRange = (low: Float, high: Float)

  /// Between which numbers the tags lie: square by square, and in each dimension by dimension of the tags.
  private func ranges(_ joint: Int, _ squares: [Square]) -> [TagRange] {
    let field = maps.tags
    var ranges: [TagRange] = []
    ranges.reserveCapacity(squares.count * field.dimensions.count)
    for square in squares {
      let rows = field.rows.first[square.rows.lowerBound]...field.rows.second[square.rows.upperBound - 1]
      let columns =
        field.columns.first[square.columns.lowerBound]...field.columns.second[square.columns.upperBound - 1]
      for source in field.dimensions {
        ranges.append(source.withMap(joint) { Self.range($0, rows, columns, width: source.width) })
      }
    }
    return ranges
  }

  private static func range(
    _ map: UnsafeBufferPointer<Float>, _ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>, width: Int
  ) -> TagRange {
    var (low, high) = (Float.infinity, -Float.infinity)
    for y in rows {
      for x in columns {
        let tag = map[y * width + x]
        if tag < low { low = tag }
        if tag > high { high = tag }
      }
    }
    return (low, high)
  }

  /// The first of the best pixels.
  private func best(_ joint: Int, _ squares: [Square], _ ranges: [TagRange], near tag: [Float]) -> MapKeypoint {
    let penalties = squares.indices.map { penalty(of: $0, ranges, near: tag) }
    let bounds = zip(squares, penalties).map { $0.highest - $1 }
    var best = Place(score: -.infinity, index: .max)
    let promising = bounds.indices.max { bounds[$0] < bounds[$1] } ?? 0
    look(in: squares[promising], penalties[promising], joint, near: tag, for: &best)
    for index in squares.indices where index != promising && bounds[index] >= best.score {
      look(in: squares[index], penalties[index], joint, near: tag, for: &best)
    }
    let width = maps.heatmaps.width
    return MapKeypoint(
      x: Float(best.index % width), y: Float(best.index / width),
      score: maps.heatmaps.withMap(joint) { $0[best.index] })
  }

  private struct Place {
    var score: Float
    var index: Int
  }

  /// What the tags take at least off the height of a square's pixels, rounding included.
  private func penalty(of square: Int, _ ranges: [TagRange], near tag: [Float]) -> Float {
    var sum: Float = 0
    for (dimension, wanted) in tag.enumerated() {
      let range = ranges[square * tag.count + dimension]
      let slack = 1e-5 * (abs(wanted) + abs(range.low) + abs(range.high))
      let distance = max(0, max(range.low - wanted, wanted - range.high) - slack)
      sum += distance * distance
    }
    return stepCost * (sum.squareRoot() * 0.9999).rounded(.toNearestOrEven)
  }

  private func look(
    in square: Square, _ penalty: Float, _ joint: Int, near tag: [Float], for best: inout Place
  ) {
    let (field, width) = (maps.tags, maps.heatmaps.width)
    maps.heatmaps.withMap(joint) { map in
      for y in square.rows {
        for x in square.columns {
          let index = y * width + x
          guard map[index] - penalty >= best.score else { continue }
          var sum: Float = 0
          for (dimension, wanted) in zip(field.dimensions, tag) {
            let distance = dimension.withMap(joint) { field.value($0, dimension.width, x: x, y: y) } - wanted
            sum += distance * distance
          }
          let score = map[index] - stepCost * sum.squareRoot().rounded(.toNearestOrEven)
          if score > best.score || score == best.score && index < best.index {
            best = Place(score: score, index: index)
          }
        }
      }
    }
  }
}
