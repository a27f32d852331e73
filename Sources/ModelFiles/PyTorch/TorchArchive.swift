/// What a file of `torch.save` holds: the pickled value, and where the storages lie. Storages are not read.
struct TorchArchive {
  let source: ByteSource
  private(set) var root: PickleValue
  private(set) var heap: PickleHeap
  /// Byte ranges in the file by storage key.
  private(set) var storages: [String: Range<Int>] = [:]

  private static let maximumPickleSize = 64_000_000

  /// The format since torch 1.6: a zip archive with `data.pkl`, `byteorder` and `data/KEY` under one folder of any name.
  init(zip source: ByteSource) throws {
    self.source = source
    let directory = try ZipDirectory(source)
    let pickles = directory.entries.values.filter { $0.name.split(separator: "/").last == "data.pkl" }
    guard let pickle = pickles.min(by: { ($0.name.count, $0.name) < ($1.name.count, $1.name) }) else {
      throw ModelFileError(.malformed, "\(source.name): a zip archive, but not a checkpoint (it has no data.pkl)")
    }
    let prefix = String(pickle.name.dropLast("data.pkl".count))
    guard directory.entries["\(prefix)constants.pkl"] == nil else {
      throw ModelFileError(
        .unsupported,
        "\(source.name): a TorchScript program, not a checkpoint; save the model's state_dict with torch.save")
    }
    if let order = directory.entries["\(prefix)byteorder"],
      try source.bytes(at: order.offset, count: min(order.size, 16)) != Array("little".utf8)
    {
      throw ModelFileError(.unsupported, "\(source.name): written on a big-endian machine, which is not supported")
    }
    guard pickle.size <= Self.maximumPickleSize else {
      throw ModelFileError(.malformed, "\(source.name): its data.pkl is absurdly large")
    }
    var machine = PickleMachine(PickleStream(source, from: pickle.offset, to: pickle.offset + pickle.size))
    root = try machine.run()
    heap = machine.heap
    for entry in directory.entries.values where entry.name.hasPrefix("\(prefix)data/") {
      storages[String(entry.name.dropFirst(prefix.count + 5))] = entry.offset..<entry.offset + entry.size
    }
  }

  static let legacyMagic: [UInt8] = [
    0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
  ]

  /// The format before torch 1.6: pickles of a magic number, a version, the writer's machine, the value and the list of
  /// storage keys; then the storages in that order, each as element count and bytes.
  init(legacy source: ByteSource) throws {
    self.source = source
    var version = PickleMachine(PickleStream(source, from: Self.legacyMagic.count, to: source.count))
    guard try version.run().integer == 1001 else {
      throw ModelFileError(.unsupported, "\(source.name): an unknown version of the pre-1.6 checkpoint format")
    }
    var system = PickleMachine(version.stream)
    try Self.requireLittleEndian(try system.run(), system.heap, in: source.name)
    var machine = PickleMachine(system.stream)
    root = try machine.run()
    heap = machine.heap
    var keys = PickleMachine(machine.stream)
    let list = try keys.run()
    try locateStorages((keys.heap.sequence(list) ?? []).compactMap(\.string), from: keys.stream.position)
  }

  private static func requireLittleEndian(_ info: PickleValue, _ heap: PickleHeap, in file: String) throws {
    guard case .dictionary(let index) = info,
      let field = heap.dictionaries[index].first(where: { $0.key.string == "little_endian" }),
      case .bool(false) = field.value
    else { return }
    throw ModelFileError(.unsupported, "\(file): written on a big-endian machine, which is not supported")
  }

  private mutating func locateStorages(_ keys: [String], from start: Int) throws {
    let types = Dictionary(heap.storages.map { ($0.key, $0.scalarType) }, uniquingKeysWith: { first, _ in first })
    var position = start
    for key in keys {
      let count = try source.bytes(at: position, count: 8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      position += 8
      guard let type = types[key], count <= UInt64((source.count - position) / type.byteCount) else {
        throw ModelFileError(.malformed, "\(source.name): the weights end too early; the file is cut short or damaged")
      }
      let size = Int(count) * type.byteCount
      storages[key] = position..<position + size
      position += size
    }
  }
}
