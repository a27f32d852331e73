#if HDF5

internal import Files
internal import Pose

extension RecordingReader {
  /// SLEAP's analysis file, with its dimensions in any order that it states. Tracks are identities as in the analysis table;
  /// without any there is one person without identity. The box of a person is that around the keypoints.
  convenience init(sleapAnalysis file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let source = try HDF5File(file)
    let positions = try source.array("tracks")
    let stated = try positions.statedAxes()
    func reader(_ name: String, _ usual: [DenseAxis]) throws(FileError) -> DenseReader? {
      guard source.has(name) else { return nil }
      let array = try source.array(name)
      let axes = try array.statedAxes() ?? stated.map { $0.filter(usual.contains) } ?? usual
      return try DenseReader(array, axes)
    }
    let names = try source.array("track_names").names()
    let joints = try source.array("node_names").names()
    let skeleton = try options.skeleton(joints: joints, limbs: try source.limbs(joints: joints.count))
    let poses = try DensePoses(
      positions: DenseReader(positions, stated ?? SLEAPAnalysis.tracks),
      keypointScores: reader("point_scores", SLEAPAnalysis.pointScores),
      personScores: reader("instance_scores", SLEAPAnalysis.instanceScores),
      identities: names.isEmpty ? [nil] : IdentityColumns.identities(of: names), joints: joints.count)
    try self.init(file, RecordingHeader(name: name, skeleton: skeleton), poses) { ($0, nil) }
  }
}

extension HDF5Array {
  /// What its attribute `dims` states; nil where there is none.
  fileprivate func statedAxes() throws(FileError) -> [DenseAxis]? {
    guard let text = text("dims") else { return nil }
    let names = try? JSONParser.parse(Array(text.utf8)).map(JSONValue.asString)
    let axes = (names ?? []).compactMap(DenseAxis.init(rawValue:))
    guard axes.count == shape.count, Set(axes).count == axes.count, axes.contains(.frame), axes.contains(.person) else {
      throw FileError(
        .invalid, place: name, problem: "its attribute dims, \(text.prefix(80)), does not name its dimensions",
        remedy: "write the file again")
    }
    return axes
  }

  /// Texts; none, also where an empty list is one of numbers, as NumPy makes it.
  func names() throws(FileError) -> [String] { shape == [0] ? [] : try texts() }
}

extension HDF5File {
  /// The edges, where all lie between joints.
  fileprivate func limbs(joints count: Int) throws(FileError) -> [(from: Int, to: Int)] {
    guard has("edge_inds") else { return [] }
    let edges = try array("edge_inds")
    guard edges.shape.count == 2, edges.shape[1] == 2, edges.shape[0] <= count * count else { return [] }
    let indices = try edges.numbers([0, 0], edges.shape).map { Int(exactly: $0) ?? -1 }
    guard indices.allSatisfy((0..<count).contains) else { return [] }
    return stride(from: 0, to: indices.count, by: 2).map { (indices[$0], indices[$0 + 1]) }
  }
}

#endif
