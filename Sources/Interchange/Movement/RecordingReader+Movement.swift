#if HDF5

internal import Files
internal import Pose
internal import Timing

extension RecordingReader {
  /// A data set of `movement` in netCDF-4. Individuals are identities. The box of a person is that around the keypoints.
  convenience init(movement file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let source = try HDF5File(file)
    let position = try source.array("position")
    let axes = try position.movementAxes(usual: [.frame, .coordinate, .joint, .person])
    let confidence = source.has("confidence") ? try source.array("confidence") : nil
    let scores = try confidence.map { (array) throws(FileError) in
      try DenseReader(array, array.movementAxes(usual: [.frame, .joint, .person]))
    }
    let space = try source.texts("space")
    guard let x = space.firstIndex(of: "x"), let y = space.firstIndex(of: "y"), space.count == 2 else {
      throw FileError(
        .invalid, place: "space", problem: "its coordinates are \(space.joined(separator: ", ")), not x and y",
        remedy: "give poses in the picture")
    }
    let joints = try source.texts("keypoints", "keypoint")
    let individuals = try source.texts("individuals", "individual")
    let skeleton = try options.skeleton(joints: joints)
    let poses = try DensePoses(
      positions: DenseReader(position, axes), keypointScores: scores, personScores: nil,
      identities: IdentityColumns.identities(of: individuals), joints: joints.count, coordinates: (x, y))
    let times = try MovementTimes(source, count: poses.frameCount)
    try self.init(file, RecordingHeader(name: name, skeleton: skeleton), poses) { (times.index($0), times.time($0)) }
  }
}

/// The time coordinate: seconds or numbers of frames, as `time_unit` says, or a frame a place.
private struct MovementTimes {
  private let values: [Double]
  private let areSeconds: Bool
  /// nil where frames count by their places.
  private let indices: [Int]?

  init(_ source: HDF5File, count: Int) throws(FileError) {
    let values = try source.has("time") ? source.array("time").list() : (0..<count).map(Double.init)
    guard values.count == count, zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }),
      values.allSatisfy({ abs($0) < Double(FrameIndex.limit) })
    else {
      throw FileError(
        .invalid, place: "time", problem: "is not as long as the poses, or does not rise", remedy: "correct it")
    }
    self.values = values
    areSeconds = source.text("time_unit") == "seconds"
    let rate = areSeconds ? source.number("fps") : 1
    indices = rate.flatMap { Self.indices(values, rate: $0) }
  }

  /// The numbers of frames that times at a frame rate stand for; nil where some do not.
  private static func indices(_ times: [Double], rate: Double) -> [Int]? {
    let numbers = times.map { $0 * rate }
    guard numbers.allSatisfy({ (-0.5..<Double(FrameIndex.limit)).contains($0) && abs($0 - $0.rounded()) < 0.1 }) else {
      return nil
    }
    let indices = numbers.map { Int($0.rounded()) }
    return zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 } ? indices : nil
  }

  func index(_ place: Int) -> Int { indices?[place] ?? place }

  func time(_ place: Int) -> MediaTime? { areSeconds ? MediaTime(seconds: values[place]) : nil }
}

extension HDF5Array {
  /// What the scales of its dimensions are called, in the singular or plural; the usual order where there are none.
  fileprivate func movementAxes(usual: [DenseAxis]) throws(FileError) -> [DenseAxis] {
    let names = shape.indices.compactMap(dimension)
    if names.isEmpty { return usual }
    let axes = names.compactMap { name -> DenseAxis? in
      switch name {
      case "time": .frame
      case "space": .coordinate
      case "keypoint", "keypoints": .joint
      case "individual", "individuals": .person
      default: nil
      }
    }
    guard axes.count == shape.count, Set(axes) == Set(usual), axes.count == usual.count else {
      throw FileError(
        .invalid, place: name, problem: "its dimensions are \(names.joined(separator: ", "))",
        remedy: "give poses by time, space, keypoints and individuals, of one view")
    }
    return axes
  }
}

extension HDF5File {
  /// The texts of the first array of these names that is there.
  fileprivate func texts(_ names: String...) throws(FileError) -> [String] {
    try array(names.first(where: has) ?? names[0]).texts()
  }
}

#endif
