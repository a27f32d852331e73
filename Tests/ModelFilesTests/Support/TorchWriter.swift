internal import ModelFiles

/// Writes checkpoints instruction by instruction and entry by entry, also ones that torch would not write.
struct TorchWriter {
  struct Entry {
    var name: String
    var data: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0
    /// Where the directory says the entry lies, if not where it does.
    var claimedOffset: Int?
  }

  var entries: [Entry] = []

  /// A checkpoint whose `data.pkl` is protocol 2 with these instructions, and one storage "0" of four floats.
  init(pickle: [UInt8], storage: [UInt8] = [UInt8](repeating: 1, count: 16)) {
    entries = [
      Entry(name: "archive/data.pkl", data: [0x80, 2] + pickle + [0x2e]), Entry(name: "archive/data/0", data: storage),
    ]
  }

  /// A checkpoint with one tensor "w" on the storage.
  init(offset: Int = 0, shape: [Int] = [4], strides: [Int] = [1], count: Int = 4, key: String = "0") {
    self.init(
      pickle: Pickle.dictionary([
        ("w", Pickle.tensor(offset: offset, shape: shape, strides: strides, count: count, key: key))
      ]))
  }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = entry.claimedOffset ?? body.count
      let name = Array(entry.name.utf8)
      let size = Self.number(entry.data.count, 4)
      let common =
        Self.number(20, 2) + Self.number(Int(entry.flags), 2) + Self.number(Int(entry.method), 2)
        + [UInt8](repeating: 0, count: 8) + size + size + Self.number(name.count, 2) + [0, 0]
      body += [0x50, 0x4b, 3, 4] + common + name + entry.data
      directory +=
        [0x50, 0x4b, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10) + Self.number(offset, 4) + name
    }
    let counts = Self.number(entries.count, 2)
    return body + directory + [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + counts + counts + Self.number(directory.count, 4)
      + Self.number(body.count, 4) + [0, 0]
  }

  func checkpoint() throws -> Checkpoint {
    try Checkpoint(ByteSource(bytes, name: "made.pth"))
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// Instructions of pickles.
enum Pickle {
  static let emptyDictionary: [UInt8] = [0x7d]
  static let emptyTuple: [UInt8] = [0x29]
  static let reduce: [UInt8] = [0x52]

  static func text(_ text: String) -> [UInt8] {
    [0x58] + withUnsafeBytes(of: UInt32(text.utf8.count)) { Array($0) } + Array(text.utf8)
  }

  static func int(_ value: Int) -> [UInt8] {
    [0x8a, 8] + withUnsafeBytes(of: Int64(value)) { Array($0) }
  }

  static func tuple(_ items: [[UInt8]]) -> [UInt8] { [0x28] + items.flatMap { $0 } + [0x74] }

  static func global(_ module: String, _ name: String) -> [UInt8] { [0x63] + Array("\(module)\n\(name)\n".utf8) }

  static func call(_ function: [UInt8], _ arguments: [[UInt8]]) -> [UInt8] { function + tuple(arguments) + reduce }

  static func dictionary(_ items: [(String, [UInt8])]) -> [UInt8] {
    emptyDictionary + [0x28] + items.flatMap { text($0.0) + $0.1 } + [0x75]
  }

  static func tensor(
    offset: Int = 0, shape: [Int] = [4], strides: [Int] = [1], count: Int = 4, key: String = "0",
    type: String = "FloatStorage"
  ) -> [UInt8] {
    let storage = tuple([text("storage"), global("torch", type), text(key), text("cpu"), int(count)]) + [0x51]
    return call(
      global("torch._utils", "_rebuild_tensor_v2"),
      [storage, int(offset), tuple(shape.map(int)), tuple(strides.map(int)), [0x89], emptyDictionary])
  }
}
