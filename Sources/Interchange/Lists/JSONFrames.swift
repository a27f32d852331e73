internal import Files
internal import Pose

/// The frames of a list in a JSON file, each an element of it.
struct JSONFrames {
  private let file: InputText
  private let list: String
  private let offset: Int
  private let read: (JSONValue, _ number: Int) throws(FileError) -> RecordedFrame?
  private var order = KeyOrder()
  private var boxes = BoxExtent()
  private(set) var contents = RecordingReader.Contents()

  /// Looks through the list.
  ///
  /// - Parameters:
  ///   - offset: Where the list begins.
  ///   - list: What it is called.
  ///   - read: An element, of which there may be many; its index need not rise. nil leaves it out.
  init(
    _ file: InputText, at offset: Int, list: String,
    read: @escaping (JSONValue, _ number: Int) throws(FileError) -> RecordedFrame?
  ) throws(FileError) {
    (self.file, self.offset, self.list, self.read) = (file, offset, list, read)
    var records = try cursor()
    while let (frame, _, _) = try records.next() {
      guard let frame else { continue }
      order.note(frame.index)
      for person in frame.people { boxes.see(person, &contents) }
    }
    try boxes.requirePixels()
  }

  var count: Int { order.count }
  var firstIndex: Int? { order.first }

  func frames() throws(FileError) -> () throws(FileError) -> RecordedFrame? {
    var records = try OrderedRecords(
      isInOrder: order.isRising, key: { frame, _ in frame?.index ?? -1 },
      makeCursor: { () throws(FileError) in try cursor() })
    return { () throws(FileError) in
      while let (frame, _, _) = try records.next() { if let frame { return frame } }
      return nil
    }
  }

  private func cursor() throws(FileError) -> JSONRecords<RecordedFrame?> {
    // Elements are read one after the other, or from places known: only the former has to count.
    let number = ElementCount()
    return try JSONRecords(file, at: offset, list: list) { (parser) throws(FileError) in
      defer { number.value += 1 }
      return try read(parser.value(), number.value)
    }
  }

  private final class ElementCount { var value = 0 }
}
