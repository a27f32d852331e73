extension PickleMachine {
  mutating func handleContainer(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .emptyTuple: push(heap.tuple([]))
    case .emptyList: push(heap.list([]))
    case .emptyDict: push(heap.dictionary())
    case .tuple: push(heap.tuple(try popItems()))
    case .tuple1: try pushTuple(1)
    case .tuple2: try pushTuple(2)
    case .tuple3: try pushTuple(3)
    case .list: push(heap.list(try popItems()))
    case .dict: push(heap.dictionary(try pairs(try popItems())))
    case .append: try append([try pop()])
    case .appends: try append(try popItems())
    case .setItem:
      let value = try pop()
      try set([(try pop(), value)])
    default: try set(try pairs(try popItems()))
    }
  }

  func pairs(_ items: [PickleValue]) throws -> [(key: PickleValue, value: PickleValue)] {
    guard items.count.isMultiple(of: 2) else { throw damaged("a key has no value") }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  private mutating func pushTuple(_ count: Int) throws {
    let reversed = try (0..<count).map { _ in try pop() }
    push(heap.tuple(reversed.reversed()))
  }

  private mutating func append(_ items: [PickleValue]) throws {
    switch try top() {
    case .list(let index): heap.lists[index] += items
    case .opaque: break
    default: throw damaged("it appends to something that is not a list")
    }
  }

  private mutating func set(_ items: [(key: PickleValue, value: PickleValue)]) throws {
    switch try top() {
    case .dictionary(let index): heap.dictionaries[index] += items
    case .opaque: break
    default: throw damaged("it sets items of something that is not a dictionary")
    }
  }
}
