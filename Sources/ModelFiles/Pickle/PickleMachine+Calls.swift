extension PickleMachine {
  /// What `function(*arguments)` stands for.
  mutating func call(_ function: PickleValue, with arguments: PickleValue) throws -> PickleValue {
    guard case .global(let global) = function, case .tuple(let index) = arguments else {
      if case .opaque = function { return .opaque }
      throw damaged("it calls something that is not a function")
    }
    let items = heap.tuples[index]
    try account(for: items.first)
    switch global {
    case .opaque: return .opaque
    case .orderedDictionary, .dictionary: return heap.dictionary(try items.first.map(pairs(of:)) ?? [])
    case .list: return heap.list(items.first.flatMap(heap.sequence) ?? [])
    case .tuple, .size: return heap.tuple(items.first.flatMap(heap.sequence) ?? [])
    case .encode: return try encoded(items)
    case .rebuildTensor: return try tensor(items)
    case .rebuildParameter:
      guard case .tensor? = items.first else { throw damaged("a parameter has no tensor") }
      return items[0]
    case .rebuildFromType:
      guard items.count >= 3, case .global(.rebuildTensor) = items[0] else {
        throw damaged("a tensor of a class of its own cannot be read")
      }
      return try call(items[0], with: items[2])
    case .storage: throw damaged("a storage is made outside the file's list of storages")
    }
  }

  /// Calls may copy their argument: the sum of what they copy is bounded, as the instructions are.
  private mutating func account(for argument: PickleValue?) throws {
    switch argument {
    case .list(let index)?: copied += heap.lists[index].count
    case .tuple(let index)?: copied += heap.tuples[index].count
    case .dictionary(let index)?: copied += heap.dictionaries[index].count
    case .string(let text)?: copied += text.utf8.count
    default: break
    }
    guard copied <= Self.maximumCopies else { throw damaged("its calls copy too much") }
  }

  /// State that is set on an object after it was made: kept for nothing here, as module metadata and NumPy data are not needed.
  func build(state: PickleValue, on object: PickleValue) throws {
    switch object {
    case .opaque, .dictionary, .tensor: break
    default: throw damaged("it changes something that is not an object")
    }
  }

  /// The items of a dictionary given as a sequence of pairs, or as another dictionary.
  private func pairs(of value: PickleValue) throws -> [(key: PickleValue, value: PickleValue)] {
    if case .dictionary(let index) = value { return heap.dictionaries[index] }
    guard let items = heap.sequence(value) else { throw damaged("a dictionary is made from something else than pairs") }
    return try items.map { item in
      guard let pair = heap.sequence(item), pair.count == 2 else {
        throw damaged("a dictionary has an item that is not a pair")
      }
      return (pair[0], pair[1])
    }
  }

  /// Protocol 2 has no bytes: Python 3 writes them as text in which every character is one byte.
  private func encoded(_ items: [PickleValue]) throws -> PickleValue {
    guard items.count == 2, let text = items[0].string, items[1].string == "latin1" else {
      throw damaged("bytes are in an unknown encoding")
    }
    let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    return .bytes(bytes)
  }
}
