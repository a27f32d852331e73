internal import Files
internal import Pose

extension RecordingReader {
  /// The frames of a JSON Lines file, in whichever order its lines are.
  convenience init(jsonLines file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let facts = try file.read { () throws(FileError) in try JSONLinesFacts(file, options) }
    self.init(
      file.name, header: RecordingHeader(name: name, skeleton: facts.skeleton, names: facts.names),
      frameCount: facts.count,
      contents: facts.contents
    ) { () throws(FileError) in
      var lines = try OrderedRecords(
        isInOrder: facts.order.isRising, key: { line, _ in line.frame.index },
        makeCursor: { () throws(FileError) in try JSONLinesFacts.records(file) })
      return { () throws(FileError) in try lines.next()?.record.frame }
    }
  }
}

extension BoxList {
  static func jsonLines(_ file: InputText) throws(FileError) -> BoxList {
    try file.read { () throws(FileError) in
      let facts = try JSONLinesFacts(file, ReadingOptions())
      var list = try BoxList(listsAllImages: true, facts.boxes)
      var lines = try JSONLinesFacts.records(file)
      while let (line, _, _) = try lines.next() {
        let label = FrameLabel(index: line.frame.index, name: line.frame.name)
        list.append(label, line.frame.people.map { ($0.pose.box, $0.pose.score) })
      }
      return list
    }
  }
}

/// What is known of a JSON Lines file once it was looked through.
private struct JSONLinesFacts {
  var skeleton: Skeleton
  var count = 0
  var order = KeyOrder()
  var boxes = BoxExtent()
  var contents = RecordingReader.Contents()
  var names: [Int: String] = [:]

  init(_ file: InputText, _ options: ReadingOptions) throws(FileError) {
    skeleton = options.keypointSet ?? .coco17
    var records = try Self.records(file)
    while let (line, number, _) = try records.next() {
      do throws(FileError) {
        if count == 0, let name = line.keypointSet, let stated = Skeleton.named(name) { skeleton = stated }
        try line.check(skeleton)
      } catch {
        throw error.under("line \(number + 1)")
      }
      count += 1
      order.note(line.frame.index)
      names.merge(line.names) { first, _ in first }
      for person in line.frame.people {
        boxes.see(person.pose.box)
        contents.hasPeople = true
        contents.hasKeypoints = contents.hasKeypoints || !person.pose.keypoints.isEmpty
        contents.hasIdentities = contents.hasIdentities || person.trackID != nil
      }
    }
    try boxes.requirePixels()
  }

  static func records(_ file: InputText) throws(FileError) -> LineRecords<JSONLine> {
    try LineRecords(file) { (line) throws(FileError) in try JSONLine(line) }
  }
}
