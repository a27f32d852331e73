/// Where a record of a list begins, by which it can be read again.
struct RecordPlace {
  /// What the list is to be ordered by: a frame, or the image that the record belongs to.
  var key: Int
  /// Which record of the list it is, from 0.
  var number: Int
  /// In bytes.
  var offset: Int
}

/// Whether the keys of a list rise, as far as it was read.
struct KeyOrder {
  private(set) var count = 0
  /// Equal keys may follow each other.
  private(set) var isRising = true
  private(set) var hasRepeats = false
  private(set) var first: Int?
  private var last: Int?

  mutating func note(_ key: Int) {
    count += 1
    first = first ?? key
    if let last {
      isRising = isRising && key >= last
      hasRepeats = hasRepeats || key == last
    }
    last = key
  }
}
