internal import Files

/// The records of a list in the order of a key, whichever order they have in the file; equal keys in that of the file.
///
/// Nothing is held of a list that is in order already. Of another one the places of all records are.
struct OrderedRecords<Cursor: RecordCursor> {
  private var cursor: Cursor
  private let key: (Cursor.Record, _ number: Int) -> Int
  /// Sorted; nil where the file is.
  private let places: [RecordPlace]?
  private var position = 0
  /// Read ahead.
  private var waiting: (record: Cursor.Record, key: Int, number: Int)?

  /// - Parameters:
  ///   - isInOrder: Whether the keys rise in the file.
  ///   - key: Of a record, by what it holds and by its number.
  ///   - makeCursor: Begins with the first record.
  init(
    isInOrder: Bool, key: @escaping (Cursor.Record, _ number: Int) -> Int,
    makeCursor: () throws(FileError) -> Cursor
  ) throws(FileError) {
    cursor = try makeCursor()
    self.key = key
    if isInOrder {
      places = nil
    } else {
      var all: [RecordPlace] = []
      while let (record, number, offset) = try cursor.next() {
        all.append(RecordPlace(key: key(record, number), number: number, offset: offset))
      }
      all.sort { ($0.key, $0.number) < ($1.key, $1.number) }
      places = all
      cursor = try makeCursor()
    }
  }

  /// The next record.
  mutating func next() throws(FileError) -> (record: Cursor.Record, key: Int, number: Int)? {
    if let ahead = waiting {
      waiting = nil
      return ahead
    }
    guard let places else {
      guard let (record, number, _) = try cursor.next() else { return nil }
      return (record, key(record, number), number)
    }
    guard position < places.count else { return nil }
    let place = places[position]
    position += 1
    return (try cursor.record(at: place), place.key, place.number)
  }

  /// The key of the next record; nil after the last.
  mutating func nextKey() throws(FileError) -> Int? {
    if let waiting { return waiting.key }
    if let places { return position < places.count ? places[position].key : nil }
    waiting = try next()
    return waiting?.key
  }

  /// The records whose key this is. Keys are asked for in rising order, or in any of a list that is not in order itself.
  ///
  /// - Parameter passedOver: Called with the key and number of records that no key was asked for, where keys rise.
  mutating func records(
    of wanted: Int, passedOver: (_ key: Int, _ number: Int) throws(FileError) -> Void
  ) throws(FileError) -> [Cursor.Record] {
    if let places, position > 0, places[position - 1].key >= wanted {
      position = places.partitioningIndex { $0.key >= wanted }
    }
    var records: [Cursor.Record] = []
    while let key = try nextKey(), key <= wanted {
      guard let (record, key, number) = try next() else { break }
      if key == wanted { records.append(record) } else { try passedOver(key, number) }
    }
    return records
  }
}

extension Array {
  /// The index of the first element that is `beyond`, as all after it are.
  fileprivate func partitioningIndex(_ beyond: (Element) -> Bool) -> Int {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if beyond(self[middle]) { range = range.lowerBound..<middle } else { range = (middle + 1)..<range.upperBound }
    }
    return range.lowerBound
  }
}
