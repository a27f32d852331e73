private import Architectures
private import Pose

extension DetectorDescription: Codable {
  private enum Keys: String, CodingKey, CaseIterable {
    case kind
    case inputSize = "input_size"
    case letterbox, resize, format, strides, classes, anchors, architecture
    case classCount = "class_count"
    case personClass = "person_class"
    case scoreThreshold = "score_threshold"
    case suppressionThreshold = "nms_threshold"
    case candidateLimit = "nms_candidates"
    case boxLimit = "max_boxes"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(
      Keys.allCases.map(\.rawValue) + PixelFormat.Keys.allCases.map(\.rawValue) + ModelDescription.commonKeys)
    let size = try container.decodeInputSize()
    let strides = try container.decodeIfPresent([Int].self, forKey: .init(Keys.strides)) ?? [8, 16, 32]
    try container.check(
      Keys.strides, (1...8).contains(strides.count) && strides.allSatisfy { (1...1024).contains($0) },
      "one to eight strides in pixels")
    func limit(_ key: Keys) throws -> Int? {
      let value = try container.decodeIfPresent(Int.self, forKey: .init(key))
      try container.check(key, (1...100_000).contains(value ?? 1), "a number from 1 to 100000")
      return value
    }
    let classes = try Self.decodeClasses(container)
    let anchors = try container.decodeIfPresent([[Double]].self, forKey: .init(Keys.anchors))
    try container.check(
      Keys.anchors,
      anchors.map { list in
        list.count == strides.count && list.joined().allSatisfy { $0 > 0 && $0.isFinite }
          && list.allSatisfy { (2...64).contains($0.count) && $0.count.isMultiple(of: 2) && $0.count == list[0].count }
      } ?? true, "a list for every stride, each of as many widths and heights in pixels of the input")
    self.init(
      inputWidth: size.width, inputHeight: size.height,
      pixels: try PixelFormat(from: container, standard: .bytes), fit: try Self.decodeFit(container),
      format: try container.decode(String.self, forKey: .init(Keys.format)), strides: strides,
      classCount: classes.count, personClass: classes.person,
      scoreThreshold: try container.decodeThreshold(Keys.scoreThreshold, default: 0.3),
      suppressionThreshold: try container.decodeThreshold(Keys.suppressionThreshold, default: 0.65), anchors: anchors,
      candidateLimit: try limit(.candidateLimit), boxLimit: try limit(.boxLimit),
      architecture: try Self.decodeArchitecture(container))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DescriptionKey.self)
    try container.encode("detector", forKey: .init(Keys.kind))
    try container.encode([inputWidth, inputHeight], forKey: .init(Keys.inputSize))
    try pixels.encode(to: &container)
    switch fit {
    case .letterbox(let letterbox):
      try container.encode(letterbox, forKey: .init(Keys.letterbox))
    case .stretch:
      try container.encode("stretch", forKey: .init(Keys.resize))
    }
    try container.encode(format, forKey: .init(Keys.format))
    try container.encode(strides, forKey: .init(Keys.strides))
    try container.encode(classCount, forKey: .init(Keys.classCount))
    try container.encode(personClass, forKey: .init(Keys.personClass))
    try container.encode(scoreThreshold, forKey: .init(Keys.scoreThreshold))
    try container.encode(suppressionThreshold, forKey: .init(Keys.suppressionThreshold))
    try container.encodeIfPresent(anchors, forKey: .init(Keys.anchors))
    try container.encodeIfPresent(candidateLimit, forKey: .init(Keys.candidateLimit))
    try container.encodeIfPresent(boxLimit, forKey: .init(Keys.boxLimit))
    try container.encodeIfPresent(architecture, forKey: .init(Keys.architecture))
  }

  /// An architecture itself or the name of the published detector that has it.
  private static func decodeArchitecture(
    _ container: KeyedDecodingContainer<DescriptionKey>
  ) throws -> DetectorArchitecture? {
    let key = DescriptionKey(Keys.architecture)
    do {
      guard let name = try? container.decodeIfPresent(String.self, forKey: key) else {
        return try container.decodeIfPresent(DetectorArchitecture.self, forKey: key)
      }
      let model = Zoo.detectors.first { $0.name == name }
      try container.check(key, model != nil, "the name of a published detector (`posetrail models list`) or an object")
      return model?.description.architecture
    } catch let error as ArchitectureError {
      throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: error.description)
    }
  }

  /// `letterbox` or, instead of it, `resize`.
  private static func decodeFit(_ container: KeyedDecodingContainer<DescriptionKey>) throws -> Fit {
    if let letterbox = try container.decodeIfPresent(Letterbox.self, forKey: .init(Keys.letterbox)) {
      return .letterbox(letterbox)
    }
    let resize = try container.decodeIfPresent(String.self, forKey: .init(Keys.resize))
    try container.check(
      Keys.resize, resize == "stretch",
      #""stretch", or "letterbox" must be {"position": "top_left" or "center", "value": 114}"#)
    return .stretch
  }

  /// Either `classes`, names with "person" among them, or `class_count` with `person_class`.
  private static func decodeClasses(
    _ container: KeyedDecodingContainer<DescriptionKey>
  ) throws -> (count: Int, person: Int) {
    if let names = try container.decodeIfPresent([String].self, forKey: .init(Keys.classes)) {
      let person = PersonName.indices(in: names).first
      try container.check(Keys.classes, person != nil, #"a list of names with "person" among them"#)
      return (names.count, person ?? 0)
    }
    let count = try container.decodeIfPresent(Int.self, forKey: .init(Keys.classCount)) ?? 1
    try container.check(Keys.classCount, (1...100_000).contains(count), "a number from 1 to 100000")
    let person = try container.decodeIfPresent(Int.self, forKey: .init(Keys.personClass)) ?? 0
    try container.check(Keys.personClass, (0..<count).contains(person), "an index below class_count, \(count)")
    return (count, person)
  }
}

extension DetectorDescription.Letterbox: Codable {
  private enum Keys: String, CodingKey, CaseIterable {
    case position, value
    case longestSide = "longest_side"
    case shortestSide = "shortest_side"
    case multiple
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(Keys.allCases.map(\.rawValue))
    position = try container.decodeName(Position.self, forKey: Keys.position)
    value = try container.decodeIfPresent(UInt8.self, forKey: .init(Keys.value))
    longestSide = try container.decodeIfPresent(Int.self, forKey: .init(Keys.longestSide))
    multiple = try container.decodeIfPresent(Int.self, forKey: .init(Keys.multiple))
    let sizes = [longestSide, multiple].compactMap { $0 }
    try container.check(
      Keys.longestSide, sizes.count != 1 && sizes.allSatisfy { (8...8192).contains($0) },
      #"absent, as "multiple", or present with it, each 8 to 8192"#)
    shortestSide = try container.decodeIfPresent(Int.self, forKey: .init(Keys.shortestSide))
    try container.check(
      Keys.shortestSide, shortestSide == nil || (8...(longestSide ?? 0)).contains(shortestSide ?? 0),
      #"absent, or 8 to "longest_side""#)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DescriptionKey.self)
    try container.encode(position, forKey: .init(Keys.position))
    try container.encodeIfPresent(value, forKey: .init(Keys.value))
    try container.encodeIfPresent(longestSide, forKey: .init(Keys.longestSide))
    try container.encodeIfPresent(shortestSide, forKey: .init(Keys.shortestSide))
    try container.encodeIfPresent(multiple, forKey: .init(Keys.multiple))
  }
}
