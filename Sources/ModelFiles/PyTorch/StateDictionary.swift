/// Finds the network's weights in what a checkpoint holds.
///
/// The rule: a dictionary that holds one of the keys of `wrappers` as a dictionary is a training checkpoint, and the first of
/// them in that order is looked into, again by this rule; otherwise the dictionary's tensors are the weights.
struct StateDictionary {
  private static let wrappers = [
    "state_dict", "model_state_dict", "model", "state_dict_ema", "ema", "network", "net", "params",
  ]
  private static let maximumDepth = 4
  /// Tensors may share storages and, with strides of 0, repeat elements: all together they may be so many times as large as
  /// the file, and a little more, so that a small file cannot take all memory.
  private static let maximumSharing = 4
  private static let freeBytes = 1 << 26

  private let archive: TorchArchive
  private var weights: [(key: PickleValue, value: PickleValue)]
  private var meta: [(key: PickleValue, value: PickleValue)] = []

  init(in archive: TorchArchive) throws {
    self.archive = archive
    guard var dictionary = Self.dictionary(archive.root, archive.heap) else {
      throw ModelFileError(
        .unsupported, "\(archive.source.name): does not hold a dictionary of tensors; save the model's state_dict")
    }
    for _ in 0..<Self.maximumDepth {
      if let found = Self.value("meta", in: dictionary, archive.heap) { meta = found }
      let inner = Self.wrappers.lazy.compactMap { Self.value($0, in: dictionary, archive.heap) }.first
      guard let inner else { break }
      dictionary = inner
    }
    weights = dictionary
  }

  func contents() throws -> (tensors: [String: StoredTensor], metadata: [String: String]) {
    var tensors: [String: StoredTensor] = [:]
    var room = archive.source.count * Self.maximumSharing + Self.freeBytes
    for (key, value) in weights {
      guard let name = key.string, case .tensor(let index) = value else { continue }
      let tensor = try archive.locate(archive.heap.tensors[index], called: name)
      room -= try tensor.scalarType.byteCount(ofShape: tensor.shape, in: archive.source.name)
      guard room >= 0 else {
        throw ModelFileError(
          .malformed,
          "\(archive.source.name): its tensors repeat what the file holds until they are more than "
            + "\(Self.maximumSharing) times as large (at \"\(name)\" of shape \(tensor.shape)); no network is stored so"
        )
      }
      tensors[name] = tensor
    }
    guard !tensors.isEmpty else {
      throw ModelFileError(
        .unsupported, "\(archive.source.name): holds no tensors by name; save the model's state_dict")
    }
    var metadata: [String: String] = [:]
    for (key, value) in meta {
      if let name = key.string, let text = value.plainText { metadata[name] = text }
    }
    return (tensors, metadata)
  }

  private static func dictionary(
    _ value: PickleValue, _ heap: PickleHeap
  ) -> [(key: PickleValue, value: PickleValue)]? {
    if case .dictionary(let index) = value { heap.dictionaries[index] } else { nil }
  }

  private static func value(
    _ name: String, in dictionary: [(key: PickleValue, value: PickleValue)], _ heap: PickleHeap
  ) -> [(key: PickleValue, value: PickleValue)]? {
    dictionary.last { $0.key.string == name }.flatMap { self.dictionary($0.value, heap) }
  }
}

extension PickleValue {
  fileprivate var plainText: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .float(let number): String(number)
    case .bool(let flag): String(flag)
    default: nil
    }
  }
}
