internal import Files
internal import Pose

extension RecordingReader {
  /// VIA's table of tracked boxes: frames by the attribute `frame` or else the number at the end of the file's name, identities
  /// by the attribute `track`. Pictures without regions are passed over.
  convenience init(via file: InputText, named name: String, _ options: ReadingOptions) throws(FileError) {
    let lines = try file.firstLines(1)
    var (boxes, contents) = (BoxExtent(), Contents())
    let facts = try file.read { () throws(FileError) in
      let row = try Self.reader(of: lines.first ?? "")
      let facts = try TableFacts(file, headers: lines, read: row, frame: { $0.frame }) { (row) throws(FileError) in
        boxes.see(row.person, &contents)
      }
      try boxes.requirePixels()
      return facts
    }
    let header = RecordingHeader(name: name, skeleton: options.keypointSet ?? .coco17)
    self.init(file.name, header: header, frameCount: nil, contents: contents) { () throws(FileError) in
      try facts.frames { frame, rows in RecordedFrame(index: frame, time: nil, people: rows.map(\.person)) }
    }
  }

  private typealias Row = (frame: Int, person: RecordedFrame.Person)

  private static func reader(of line: String) throws(FileError) -> (String) throws(FileError) -> Row? {
    let header = try TableHeader(try CSVLine.fields(line))
    let (file, attributes) = (try header.required("filename"), try header.required("file_attributes"))
    let (shape, region) = (
      try header.required("region_shape_attributes"), try header.required("region_attributes")
    )
    return { (line) throws(FileError) in
      guard let row = try header.fields(line) else { return nil }
      let rectangle = try object(row, shape)
      if rectangle == .object([:]) { return nil }
      guard try rectangle.string("name") == "rect" else {
        throw FileError(
          .invalid, problem: "a region that is no rectangle", remedy: "give a table of boxes (rect) only")
      }
      let frame = try object(row, attributes)["frame"].map(whole) ?? FrameLabel(name: row.text(file)).numberInName
      guard let frame, (0...FrameIndex.limit).contains(frame) else {
        throw FileError(
          .invalid, problem: "neither file_attributes nor the name \"\(row.text(file))\" tells the frame",
          remedy: "give files a frame, or names that end in its number")
      }
      let box = Box(
        x: try number(rectangle.required("x")), y: try number(rectangle.required("y")),
        width: try number(rectangle.required("width")), height: try number(rectangle.required("height")))
      let about = try object(row, region)
      let person = RecordedFrame.Person(
        [], box: box, score: try about["confidence"].map(number), trackID: try about["track"].map(whole))
      return (frame, person)
    }
  }

  private static func object(_ row: TableRow, _ column: Int) throws(FileError) -> JSONValue {
    do throws(FileError) {
      return try JSONParser.parse(Array(row.text(column).utf8)).object()
    } catch {
      throw FileError(
        .malformed, problem: "\(row.columns[column]) is no JSON object: \(error.problem)", remedy: "correct the line")
    }
  }

  /// VIA writes what is typed as text.
  private static func number(_ json: JSONValue) throws(FileError) -> Double {
    if case .string(let text) = json, let value = Double(text), value.isFinite { return value }
    return try json.double()
  }

  private static func whole(_ json: JSONValue) throws(FileError) -> Int {
    if case .string(let text) = json, let value = Int(text) { return value }
    return try json.integer()
  }
}
