/// Reads one pickle: a stack machine with the instructions of `PickleOpcode`, the names of `PickleGlobal`, and nothing else.
///
/// Memory is bounded by the number of instructions; a pickle that asks for more is refused.
/// The format: https://github.com/python/cpython/blob/main/Lib/pickletools.py.
struct PickleMachine {
  /// Checkpoints with optimizer state have some 100,000 instructions.
  private static let maximumInstructions = 8_000_000

  static let maximumCopies = 64_000_000

  var heap: PickleHeap
  var stream: PickleStream
  /// Items and bytes that calls have copied.
  var copied = 0
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  /// `heap` is what earlier pickles of the same file made.
  init(_ stream: PickleStream, heap: PickleHeap = PickleHeap()) {
    self.stream = stream
    self.heap = heap
  }

  /// Runs to the end of the pickle and gives what it holds; `stream` stands behind it then.
  mutating func run() throws -> PickleValue {
    for _ in 0..<Self.maximumInstructions {
      let code = try stream.byte()
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw damaged("it has the unknown instruction 0x\(String(code, radix: 16))")
      }
      if opcode == .stop { return try pop() }
      try execute(opcode)
    }
    throw damaged("it has more than \(Self.maximumInstructions) instructions")
  }

  func damaged(_ what: String) -> ModelFileError {
    ModelFileError(.malformed, "\(stream.source.name): the pickle at byte \(stream.position) cannot be read: \(what)")
  }

  private mutating func execute(_ opcode: PickleOpcode) throws {
    switch opcode {
    case .stop: break
    case .mark: marks.append(stack.count)
    case .pop: if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popItems()
    case .dup: push(try top())
    case .proto: try checkProtocol()
    case .frame: _ = try stream.bytes(8)
    case .none: push(.none)
    case .newTrue: push(.bool(true))
    case .newFalse: push(.bool(false))
    case .binInt, .binInt1, .binInt2, .long1, .long4, .binFloat: try pushNumber(opcode)
    case .binString, .shortBinString, .binUnicode, .shortBinUnicode, .binUnicode8, .binBytes, .shortBinBytes,
      .binBytes8,
      .byteArray8:
      try pushText(opcode)
    case .emptyTuple, .emptyList, .emptyDict, .tuple, .tuple1, .tuple2, .tuple3, .list, .dict, .append, .appends,
      .setItem,
      .setItems:
      try handleContainer(opcode)
    case .emptySet: push(.opaque)
    case .addItems: _ = try popItems()
    case .frozenSet:
      _ = try popItems()
      push(.opaque)
    case .binPut: memo[Int(try stream.byte())] = try top()
    case .longBinPut: memo[try stream.unsigned(4)] = try top()
    case .memoize: memo[memo.count] = try top()
    case .binGet: push(try remembered(Int(try stream.byte())))
    case .longBinGet: push(try remembered(try stream.unsigned(4)))
    case .global: try pushGlobal(module: try stream.line(), name: try stream.line())
    case .stackGlobal:
      guard let name = try pop().string, let module = try pop().string else { throw damaged("a name is not text") }
      try pushGlobal(module: module, name: name)
    case .reduce, .newObj:
      let arguments = try pop()
      push(try call(try pop(), with: arguments))
    case .newObjEx:
      _ = try pop()
      let arguments = try pop()
      push(try call(try pop(), with: arguments))
    case .build: try build(state: try pop(), on: try top())
    case .binPersID: push(try storage(try pop()))
    }
  }

  private mutating func checkProtocol() throws {
    let version = try stream.byte()
    guard (2...5).contains(version) else { throw damaged("protocol \(version) is not supported (2 to 5 are)") }
  }

  private mutating func pushGlobal(module: String, name: String) throws {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw ModelFileError(
        .unsupported,
        "\(stream.source.name): asks for the Python object \(module).\(name), which is refused (only tensors, containers and "
          + "plain data are read); save the model's state_dict alone")
    }
    push(.global(global))
  }

  private func remembered(_ key: Int) throws -> PickleValue {
    guard let value = memo[key] else { throw damaged("it refers to something that is not there") }
    return value
  }

  // MARK: The stack

  mutating func push(_ value: PickleValue) { stack.append(value) }

  mutating func pop() throws -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw damaged("its stack is empty") }
    return value
  }

  func top() throws -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw damaged("its stack is empty") }
    return value
  }

  /// Everything above the last mark.
  mutating func popItems() throws -> [PickleValue] {
    guard let start = marks.popLast() else { throw damaged("a mark is missing") }
    defer { stack.removeSubrange(start...) }
    return Array(stack[start...])
  }
}
