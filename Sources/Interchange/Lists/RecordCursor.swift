internal import Files

/// Reads the records of a list in a file: one after the other, or from places known.
protocol RecordCursor {
  associatedtype Record

  /// The next record with its number and offset; nil after the last.
  mutating func next() throws(FileError) -> (record: Record, number: Int, offset: Int)?

  /// The record at a place that `next()` gave. Does not go together with `next()`.
  mutating func record(at place: RecordPlace) throws(FileError) -> Record
}

/// The elements of a list in a JSON file.
struct JSONRecords<Record>: RecordCursor {
  private let list: String
  private let read: (inout JSONParser) throws(FileError) -> Record
  private var parser: JSONParser
  private var number = -1
  private var isFinished = false

  /// - Parameters:
  ///   - offset: Where the list begins.
  ///   - list: Its name in errors.
  ///   - read: Reads an element.
  init(
    _ file: InputText, at offset: Int, list: String, read: @escaping (inout JSONParser) throws(FileError) -> Record
  ) throws(FileError) {
    (self.list, self.read) = (list, read)
    parser = try JSONParser(file, at: offset)
  }

  mutating func next() throws(FileError) -> (record: Record, number: Int, offset: Int)? {
    if isFinished { return nil }
    if number < 0 { try parser.enterArray() }
    guard try parser.nextElement(isFirst: number < 0) else {
      isFinished = true
      return nil
    }
    number += 1
    let offset = try parser.offset()
    return (try element(number), number, offset)
  }

  mutating func record(at place: RecordPlace) throws(FileError) -> Record {
    try parser.move(to: place.offset)
    return try element(place.number)
  }

  private mutating func element(_ number: Int) throws(FileError) -> Record {
    do { return try read(&parser) } catch { throw error.under("\(list)[\(number)]") }
  }
}

/// The lines of a text file that are not passed over.
struct LineRecords<Record>: RecordCursor {
  private let read: (String) throws(FileError) -> Record?
  private var lines: LineReader
  private var number = -1

  /// - Parameter read: Reads a line; nil where it is no record.
  init(_ file: InputText, read: @escaping (String) throws(FileError) -> Record?) throws(FileError) {
    self.read = read
    lines = try LineReader(file)
  }

  mutating func next() throws(FileError) -> (record: Record, number: Int, offset: Int)? {
    while true {
      let offset = lines.offset
      guard let line = try lines.next() else { return nil }
      number += 1
      if let record = try record(line, number) { return (record, number, offset) }
    }
  }

  mutating func record(at place: RecordPlace) throws(FileError) -> Record {
    try lines.move(to: place.offset)
    guard let line = try lines.next(), let record = try record(line, place.number) else {
      throw FileError(
        .malformed, place: "line \(place.number + 1)", problem: "is gone", remedy: "do not change the file meanwhile")
    }
    return record
  }

  private func record(_ line: String, _ number: Int) throws(FileError) -> Record? {
    do { return try read(line) } catch { throw error.under("line \(number + 1)") }
  }
}
