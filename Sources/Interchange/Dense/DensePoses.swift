#if HDF5

internal import Files
internal import Pose

/// The poses in the arrays of a dense file. What is NaN is absent, and who has no keypoint in a frame is not in it.
struct DensePoses {
  private var positions: DenseReader
  private var keypointScores: DenseReader?
  private var personScores: DenseReader?
  private let identities: [Int?]
  /// Which coordinates are x and y.
  private let coordinates: (x: Int, y: Int)

  var frameCount: Int { positions.layout.count(.frame) }

  /// Throws where the arrays don't belong together.
  init(
    positions: DenseReader, keypointScores: DenseReader?, personScores: DenseReader?, identities: [Int?], joints: Int,
    coordinates: (x: Int, y: Int) = (0, 1)
  ) throws(FileError) {
    (self.positions, self.keypointScores, self.personScores) = (positions, keypointScores, personScores)
    (self.identities, self.coordinates) = (identities, coordinates)
    let layouts = [positions, keypointScores, personScores].compactMap { $0?.layout }
    let counts: [(DenseAxis, Int, String)] = [
      (.frame, frameCount, "frames"), (.person, identities.count, "people"), (.joint, joints, "keypoints"),
    ]
    for layout in layouts {
      for (axis, count, what) in counts where layout.axes.contains(axis) && layout.count(axis) != count {
        throw FileError(
          .invalid, problem: "its arrays don't have as many \(what): \(layout.count(axis)), and \(count)",
          remedy: "write the file again")
      }
    }
    guard positions.layout.count(.coordinate) > max(coordinates.x, coordinates.y) else {
      throw FileError(.invalid, problem: "its positions have not two coordinates", remedy: "write the file again")
    }
  }

  mutating func people(in frame: Int) throws(FileError) -> [RecordedFrame.Person] {
    var people: [RecordedFrame.Person] = []
    for (person, identity) in identities.enumerated() {
      let keypoints = try keypoints(of: person, in: frame)
      guard keypoints.contains(where: { $0 != nil }) else { continue }
      let score = try personScores?.value(frame: frame, person: person)
      people.append(.init(keypoints, box: nil, score: score.flatMap { $0.isFinite ? $0 : nil }, trackID: identity))
    }
    return people
  }

  private mutating func keypoints(of person: Int, in frame: Int) throws(FileError) -> [Keypoint?] {
    var keypoints: [Keypoint?] = []
    for joint in 0..<positions.layout.count(.joint) {
      let x = try positions.value(frame: frame, person: person, joint: joint, coordinate: coordinates.x)
      let y = try positions.value(frame: frame, person: person, joint: joint, coordinate: coordinates.y)
      guard !x.isNaN, !y.isNaN else {
        keypoints.append(nil)
        continue
      }
      guard x.isFinite, y.isFinite else {
        throw FileError(
          .invalid, problem: "a position in frame \(frame) is infinite",
          remedy: "correct it, or write NaN for what is absent")
      }
      let score = try keypointScores?.value(frame: frame, person: person, joint: joint) ?? 1
      keypoints.append(Keypoint(Point(x: x, y: y), score: score.isFinite ? score : 1))
    }
    return keypoints
  }

  /// What is known of all: looks until somebody is found.
  func contents() throws(FileError) -> RecordingReader.Contents {
    var (poses, frame) = (self, 0)
    while frame < frameCount {
      if let person = try poses.people(in: frame).first {
        return .init(hasPeople: true, hasKeypoints: true, hasIdentities: person.trackID != nil)
      }
      frame += 1
    }
    return .init()
  }
}

#endif
