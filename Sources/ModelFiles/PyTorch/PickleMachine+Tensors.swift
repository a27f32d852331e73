extension PickleMachine {
  /// `("storage", type, key, device, element count)`, in the pre-1.6 format with `(view key, offset, view size)` or None behind.
  mutating func storage(_ identifier: PickleValue) throws -> PickleValue {
    guard case .tuple(let index) = identifier else { throw damaged("a storage is not described by a tuple") }
    let items = heap.tuples[index]
    guard items.count >= 5, items[0].string == "storage", case .global(.storage(let type)) = items[1],
      let key = items[2].string ?? items[2].integer.map(String.init), let count = items[4].integer, count >= 0
    else { throw damaged("a storage is described in an unknown way") }
    var storage = TorchStorage(key: key, scalarType: type, count: count)
    if items.count > 5, case .tuple(let view) = items[5] {
      let view = heap.tuples[view]
      guard view.count == 3, let offset = view[1].integer, let size = view[2].integer, offset >= 0, size >= 0,
        offset <= count, size <= count - offset
      else { throw damaged("a view does not fit its storage") }
      storage.offset = offset
      storage.count = size
    }
    heap.storages.append(storage)
    return .storage(heap.storages.count - 1)
  }

  /// `(storage, offset, shape, strides, …)`.
  mutating func tensor(_ items: [PickleValue]) throws -> PickleValue {
    guard items.count >= 4, case .storage(let index) = items[0], let offset = items[1].integer,
      let shape = heap.integers(items[2]), let strides = heap.integers(items[3]), shape.count == strides.count
    else { throw damaged("a tensor is described in an unknown way") }
    heap.tensors.append(TorchTensor(storage: heap.storages[index], offset: offset, shape: shape, strides: strides))
    return .tensor(heap.tensors.count - 1)
  }
}
