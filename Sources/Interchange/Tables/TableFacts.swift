internal import Files
internal import Pose

/// What one look through a table finds, and how its rows become frames.
struct TableFacts<Row> {
  private(set) var order = KeyOrder()
  private let file: InputText
  private let read: (String) throws(FileError) -> Row?
  private let frame: (Row) -> Int

  /// - Parameters:
  ///   - headers: The lines that are no rows.
  ///   - read: A line; nil where it is no row.
  ///   - frame: The frame that a row belongs to.
  ///   - see: Is called with every row.
  init(
    _ file: InputText, headers: [String], read: @escaping (String) throws(FileError) -> Row?,
    frame: @escaping (Row) -> Int, see: (Row) throws(FileError) -> Void
  ) throws(FileError) {
    let headers = Set(headers)
    (self.file, self.frame) = (file, frame)
    self.read = { (line) throws(FileError) in headers.contains(line.withoutMark) ? nil : try read(line) }
    var records = try LineRecords(file, read: self.read)
    while let (row, number, _) = try records.next() {
      order.note(frame(row))
      try FileError.at("line \(number + 1)") { () throws(FileError) in try see(row) }
    }
  }

  /// Gives the frames one after the other, in the order of their index.
  func frames(
    _ make: @escaping (_ frame: Int, [Row]) throws(FileError) -> RecordedFrame
  ) throws(FileError) -> () throws(FileError) -> RecordedFrame? {
    var rows = try OrderedRecords(
      isInOrder: order.isRising, key: { row, _ in frame(row) },
      makeCursor: { () throws(FileError) in try LineRecords(file, read: read) })
    return { () throws(FileError) in
      guard let frame = try rows.nextKey() else { return nil }
      return try make(frame, rows.records(of: frame) { (_, _) in })
    }
  }
}

extension InputText {
  /// The first lines, without their ends.
  func firstLines(_ count: Int) throws(FileError) -> [String] {
    var reader = try LineReader(self)
    var lines: [String] = []
    while lines.count < count, let line = try reader.next() { lines.append(line.withoutMark) }
    return lines
  }
}

extension String {
  /// Without the carriage return of a line from Windows.
  fileprivate var withoutMark: String { utf8.last == 0x0D ? String(decoding: utf8.dropLast(), as: UTF8.self) : self }
}
