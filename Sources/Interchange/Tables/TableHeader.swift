internal import Files

/// The columns of a table, by which the fields of its rows are read.
struct TableHeader {
  let columns: [String]
  private let indices: [String: Int]

  /// Throws where two columns have one name.
  init(_ columns: [String]) throws(FileError) {
    self.columns = columns
    var indices: [String: Int] = [:]
    for (index, name) in columns.enumerated() where !name.isEmpty {
      guard indices.updateValue(index, forKey: name) == nil else {
        throw FileError(
          .invalid, place: "line 1", problem: "the column \"\(name)\" is there twice", remedy: "rename one of them")
      }
    }
    self.indices = indices
  }

  func index(_ name: String) -> Int? { indices[name] }

  func required(_ name: String) throws(FileError) -> Int {
    guard let index = indices[name] else {
      throw FileError(
        .invalid, place: "line 1", problem: "has no column \"\(name)\"",
        remedy: "add it, or name the right format with --from")
    }
    return index
  }

  /// The fields of a line; nil for a blank one. Throws where there are more or less than columns.
  func fields(_ line: String) throws(FileError) -> TableRow? {
    if line.allSatisfy(\.isWhitespace) { return nil }
    let fields = try CSVLine.fields(line)
    guard fields.count == columns.count else {
      throw FileError(
        .malformed, problem: "\(fields.count) fields where the first line names \(columns.count)",
        remedy: "correct the line, or write the file again with its program")
    }
    return TableRow(fields: fields, columns: columns)
  }
}

/// The fields of a row.
struct TableRow {
  let fields: [String]
  let columns: [String]

  func text(_ index: Int?) -> String { index.map { fields[$0] } ?? "" }

  /// nil where the field is empty or `nan`, as pandas writes what is missing.
  func number(_ index: Int?) throws(FileError) -> Double? {
    guard let index, !isMissing(index) else { return nil }
    guard let value = Double(fields[index].trimmingBlanks), value.isFinite else {
      throw wrong(index, "no finite number")
    }
    return value
  }

  func integer(_ index: Int?) throws(FileError) -> Int? {
    guard let index, let value = try number(index) else { return nil }
    guard let whole = Int(exactly: value) else { throw wrong(index, "no whole number") }
    return whole
  }

  /// The number of a frame. Throws where there is none.
  func frame(_ index: Int) throws(FileError) -> Int {
    guard let value = try integer(index), (0...FrameIndex.limit).contains(value) else {
      throw wrong(index, "no number of a frame, from 0")
    }
    return value
  }

  private func isMissing(_ index: Int) -> Bool {
    let text = fields[index].trimmingBlanks
    return text.isEmpty || text.lowercased() == "nan"
  }

  private func wrong(_ index: Int, _ problem: String) -> FileError {
    FileError(
      .invalid, problem: "\"\(fields[index].prefix(40))\" in column \(columns[index]) is \(problem)",
      remedy: "correct the line")
  }
}

extension StringProtocol where SubSequence == Substring {
  /// Without blanks at its ends.
  var trimmingBlanks: Substring {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
