internal import Files
internal import Pose

/// The columns of a DeepLabCut table, as its header rows name them.
private struct DeepLabCutColumns {
  /// x, y and likelihood of a joint; labelled frames have no likelihood.
  struct Triple {
    var person: Int
    var joint: Int
    var x: Int
    var y: Int
    var likelihood: Int?
  }

  private(set) var joints: [String] = []
  private(set) var individuals: [String] = []
  private(set) var triples: [Triple] = []
  /// How many columns at the front name the frame: one, or three of a path.
  private let indexCount: Int
  private let header: TableHeader

  /// - Parameter lines: The header rows.
  init(_ lines: [[String]]) throws(FileError) {
    let rows = Dictionary(lines.map { ($0[0], $0) }, uniquingKeysWith: { first, _ in first })
    guard let parts = rows["bodyparts"], let coordinates = rows["coords"], parts.count == coordinates.count else {
      throw FileError(
        .invalid, problem: "its first lines are not scorer, bodyparts and coords, with individuals between or not",
        remedy: "give a table as DeepLabCut writes it, or name the right format with --from")
    }
    let people = rows["individuals"] ?? Array(repeating: "person", count: parts.count)
    guard people.count == parts.count,
      let indexCount = coordinates.firstIndex(where: { ["x", "y", "likelihood"].contains($0) })
    else {
      throw FileError(
        .invalid, problem: "its header rows are not as long as each other, or name no coordinates",
        remedy: "write the table again")
    }
    self.indexCount = indexCount
    header = try TableHeader(
      parts.indices.map { $0 < indexCount ? "" : "\(people[$0]) \(parts[$0]) \(coordinates[$0])" })
    var (personPlaces, jointPlaces): ([String: Int], [String: Int]) = ([:], [:])
    var places: [[Int]: Int] = [:]
    for column in indexCount..<parts.count {
      let person = Self.place(of: people[column], in: &individuals, &personPlaces)
      let joint = Self.place(of: parts[column], in: &joints, &jointPlaces)
      let place = places[[person, joint]] ?? triples.count
      if place == triples.count {
        places[[person, joint]] = place
        triples.append(Triple(person: person, joint: joint, x: -1, y: -1))
      }
      switch coordinates[column] {
      case "x": triples[place].x = column
      case "y": triples[place].y = column
      default: triples[place].likelihood = column
      }
    }
    if let broken = triples.first(where: { $0.x < 0 || $0.y < 0 }) {
      throw FileError(
        .invalid, problem: "\(joints[broken.joint]) has no columns x and y", remedy: "write the table again")
    }
  }

  private static func place(of name: String, in names: inout [String], _ places: inout [String: Int]) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }

  func row(_ line: String) throws(FileError) -> (frame: Int, name: String?, people: [[Keypoint?]])? {
    guard let row = try header.fields(line) else { return nil }
    let index = row.text(indexCount - 1)
    let number = Int(index)
    guard let frame = number ?? FrameLabel.trailingNumber(FrameLabel.stem(index)), frame >= 0 else {
      throw FileError(
        .invalid, problem: "\"\(index.prefix(40))\" is no number of a frame, and no name that ends in one",
        remedy: "correct the line")
    }
    var people = individuals.map { _ in [Keypoint?](repeating: nil, count: joints.count) }
    for triple in triples {
      guard let x = try row.number(triple.x), let y = try row.number(triple.y) else { continue }
      people[triple.person][triple.joint] = Keypoint(
        Point(x: x, y: y), score: try row.number(triple.likelihood) ?? 1)
    }
    return (frame, number == nil ? index.split(separator: "/").last.map(String.init) : nil, people)
  }
}

extension RecordingReader {
  /// A DeepLabCut table: individuals are identities. Someone without any coordinates in a row is not in that frame. The box of a
  /// person is that around the keypoints.
  convenience init(deepLabCut file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    var lines: [String] = []
    for line in try file.firstLines(4) {
      lines.append(line)
      if line.hasPrefix("coords,") { break }
    }
    var contents = Contents()
    let (columns, skeleton, facts) = try file.read { () throws(FileError) in
      let columns = try DeepLabCutColumns(lines.map { (line) throws(FileError) in try CSVLine.fields(line) })
      let facts = try TableFacts(file, headers: lines, read: columns.row, frame: \.frame) { (row) throws(FileError) in
        let isSomebody = row.people.contains { $0.contains { $0 != nil } }
        contents.hasPeople = contents.hasPeople || isSomebody
        contents.hasKeypoints = contents.hasPeople
      }
      return (columns, try options.skeleton(joints: columns.joints), facts)
    }
    let identities = IdentityColumns.identities(of: columns.individuals)
    contents.hasIdentities = contents.hasPeople && identities != [nil]
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: skeleton),
      frameCount: facts.order.isRising ? facts.order.count : nil, contents: contents
    ) { () throws(FileError) in
      try facts.frames { (frame, rows) throws(FileError) in
        guard rows.count == 1, let row = rows.first else {
          throw FileError(.invalid, problem: "frame \(frame) is there twice", remedy: "split the file by video")
        }
        let people = zip(identities, row.people).filter { $0.1.contains { $0 != nil } }
        return RecordedFrame(
          index: frame, time: nil, name: row.name,
          people: people.map { RecordedFrame.Person($0.1, box: nil, score: nil, trackID: $0.0) })
      }
    }
  }
}
