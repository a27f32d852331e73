/// What a pickle can hold here. Containers, storages and tensors are indices into a `PickleHeap`, so that values stay small,
/// cycles cannot leak and deep nesting costs no stack.
enum PickleValue: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer of more than 64 bits: two's complement, little endian.
  case long([UInt8])
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case list(Int)
  case tuple(Int)
  case dictionary(Int)
  case global(PickleGlobal)
  case storage(Int)
  case tensor(Int)
  /// An object that is data only and of no use here, such as a NumPy array of the training's settings.
  case opaque
}

/// The containers that a pickle made, and the storages and tensors it names.
struct PickleHeap: Sendable {
  var lists: [[PickleValue]] = []
  var tuples: [[PickleValue]] = []
  var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  var storages: [TorchStorage] = []
  var tensors: [TorchTensor] = []

  mutating func tuple(_ items: [PickleValue]) -> PickleValue {
    tuples.append(items)
    return .tuple(tuples.count - 1)
  }

  mutating func list(_ items: [PickleValue]) -> PickleValue {
    lists.append(items)
    return .list(lists.count - 1)
  }

  mutating func dictionary(_ items: [(key: PickleValue, value: PickleValue)] = []) -> PickleValue {
    dictionaries.append(items)
    return .dictionary(dictionaries.count - 1)
  }

  /// The items of a tuple or list.
  func sequence(_ value: PickleValue) -> [PickleValue]? {
    switch value {
    case .tuple(let index): tuples[index]
    case .list(let index): lists[index]
    default: nil
    }
  }

  /// The items of a tuple or list of whole numbers.
  func integers(_ value: PickleValue) -> [Int]? {
    guard let items = sequence(value), items.count <= ScalarType.maximumRank else { return nil }
    let integers = items.compactMap(\.integer)
    return integers.count == items.count ? integers : nil
  }
}

extension PickleValue {
  var integer: Int? {
    if case .int(let value) = self { value } else { nil }
  }

  var string: String? {
    if case .string(let value) = self { value } else { nil }
  }
}
