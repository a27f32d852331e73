package import Files
package import Foundation
package import Pose

/// The boxes of people in a file, with what the file calls the frames they are in.
package struct BoxList: Sendable {
  package struct Frame: Sendable {
    package var label: FrameLabel
    package var boxes: [ScoredBox]
  }

  /// In the order of the file, each label once.
  package private(set) var frames: [Frame] = []
  /// Whether the file lists every image, also those without boxes.
  package let listsAllImages: Bool

  /// Reads a file or folder in any format that has boxes.
  package init(_ url: URL, _ options: ReadingOptions = ReadingOptions()) throws(FileError) {
    let format: RecordingFormat
    if let folder = try InputFolder(url) {
      format = try .reading(folder)
    } else {
      let file = try InputText(url)
      format = try .reading(file, named: url.lastPathComponent)
      if let boxes = format.boxes {
        self = try boxes(file)
        return
      }
    }
    guard !format.lacks.contains(.boxes) else {
      throw FileError(
        .invalid, url, "is \(format.name), which has no boxes",
        remedy: "give one of \(RecordingFormat.boxFormats)")
    }
    try self.init(RecordingFormat.open(url.path, as: format, options))
  }

  /// The boxes of people, with the frames as the reader counts them.
  private init(_ reader: RecordingReader) throws(FileError) {
    listsAllImages = true
    var rest = try reader.frames()
    while let frame = try rest.next() {
      append(
        FrameLabel(index: frame.index, name: frame.name), frame.people.map { ($0.pose.box, $0.pose.score) })
    }
  }

  init(listsAllImages: Bool, _ extent: BoxExtent) throws(FileError) {
    self.listsAllImages = listsAllImages
    try extent.requirePixels()
  }

  /// Adds a frame.
  mutating func append(_ label: FrameLabel, _ boxes: [(box: Box, score: Double)]) {
    frames.append(Frame(label: label, boxes: boxes.map { ScoredBox($0.box, score: $0.score) }))
  }
}

extension BoxList {
  static func mot(_ file: InputText) throws(FileError) -> BoxList {
    let source = try MOTFile(file)
    return try file.read { () throws(FileError) in
      var list = try BoxList(listsAllImages: false, source.boxes)
      var frames = try source.frames()
      while let (frame, rows) = try frames.next() {
        list.append(FrameLabel(index: frame - 1), rows.map { ($0.box, $0.confidence) })
      }
      return list
    }
  }

  static func coco(_ file: InputText) throws(FileError) -> BoxList {
    try file.read { () throws(FileError) in
      var parser = try JSONParser(file)
      return try parser.isAtList() ? try results(file) : try dataset(file)
    }
  }

  private static func results(_ file: InputText) throws(FileError) -> BoxList {
    let source = try COCOResults(file)
    try source.requirePeople()
    var list = try BoxList(listsAllImages: false, source.boxes)
    var images = try source.boxImages()
    var (people, boxCount) = (0, 0)
    while let (id, results) = try images.next() {
      var places: [String?: Int] = [:]
      var byName: [(name: String?, boxes: [(box: Box, score: Double)])] = []
      for result in results where result.categoryID == 1 && !result.isCrowd {
        people += 1
        guard let box = result.box else { continue }
        boxCount += 1
        if let place = places[result.fileName] {
          byName[place].boxes.append((box, result.score))
        } else {
          places[result.fileName] = byName.count
          byName.append((result.fileName, [(box, result.score)]))
        }
      }
      for (name, boxes) in byName { list.append(FrameLabel(number: id, name: name), boxes) }
    }
    try requireBoxes(boxCount, of: people)
    return list
  }

  private static func dataset(_ file: InputText) throws(FileError) -> BoxList {
    let source = try COCODataset(file)
    try source.requirePeople()
    var collector = Collector()
    try source.forEachImage { collector.add(FrameLabel(number: $0.id, name: $0.fileName.nonEmpty), id: $0.id) }
    try source.forEachBox { annotation in
      guard source.categories.isPerson(annotation.categoryID), !annotation.isCrowd else { return }
      collector.add(annotation.box, score: annotation.score, of: annotation.imageID)
    }
    return try collector.list(source.boxes)
  }

  static func poseTrack(_ file: InputText) throws(FileError) -> BoxList {
    let source = try PoseTrackFile(file)
    return try file.read { () throws(FileError) in
      var collector = Collector()
      try source.forEach(
        image: { collector.add(label(of: $0), id: $0.id) },
        person: { collector.add($0.box, score: $0.score, of: $0.imageID) })
      return try collector.list(source.facts.boxes)
    }
  }

  /// PoseTrail's own files state the index, and the name of a picture that has one.
  private static func label(of image: PoseTrackFile.Image) -> FrameLabel {
    if let index = image.index { return FrameLabel(index: index, name: image.name) }
    return FrameLabel(number: image.id, name: image.fileName.nonEmpty)
  }

  /// Brings images and boxes together; boxes of an image that is not listed go by its number.
  private struct Collector {
    private var labels: [FrameLabel] = []
    private var boxes: [[(box: Box, score: Double)]] = []
    private var places: [Int: Int] = [:]
    private var people = 0

    mutating func add(_ label: FrameLabel, id: Int) {
      places[id] = labels.count
      labels.append(label)
      boxes.append([])
    }

    mutating func add(_ box: Box?, score: Double?, of image: Int) {
      people += 1
      guard let box else { return }
      if places[image] == nil { add(FrameLabel(number: image), id: image) }
      if let place = places[image] { boxes[place].append((box, score ?? 1)) }
    }

    func list(_ extent: BoxExtent) throws(FileError) -> BoxList {
      var list = try BoxList(listsAllImages: true, extent)
      for (label, boxes) in zip(labels, boxes) { list.append(label, boxes) }
      try BoxList.requireBoxes(boxes.reduce(0) { $0 + $1.count }, of: people)
      return list
    }
  }

  fileprivate static func requireBoxes(_ count: Int, of people: Int) throws(FileError) {
    guard people > 0, count == 0 else { return }
    throw FileError(
      .invalid, problem: "none of its \(people) people has a \"bbox\"", remedy: "give a file with boxes")
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
