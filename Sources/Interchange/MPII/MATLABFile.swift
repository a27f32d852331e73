internal import Files

/// A MATLAB 5 MAT-file (MathWorks, *MAT-File Format*), as far as numbers are concerned: its numeric arrays by name, in the byte
/// order of this machine, plain or compressed.
struct MATLABFile {
  /// Numbers in the order of MATLAB: the first index runs fastest.
  struct NumericArray {
    var shape: [Int]
    var values: [Double]

    subscript(index: Int...) -> Double {
      values[zip(index, shape).reversed().reduce(0) { $0 * $1.1 + $1.0 }]
    }
  }

  private var arrays: [String: NumericArray] = [:]

  static func recognises(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "MATLAB 5.0".utf8) }

  init(_ bytes: [UInt8]) throws(FileError) {
    guard bytes.count >= 128, bytes[126] == UInt8(ascii: "I"), bytes[127] == UInt8(ascii: "M") else {
      throw FileError(
        .malformed, problem: "is cut or in another byte order", remedy: "save it again as a MATLAB 5 file")
    }
    try add(MATLABElements(bytes[128...]))
  }

  /// The array of a name and so many dimensions.
  func array(_ name: String, rank: Int) throws(FileError) -> NumericArray {
    guard let array = arrays[name], array.shape.count == rank else {
      throw FileError(
        .invalid, problem: "has no numeric array \"\(name)\" of \(rank) dimensions",
        remedy: "give the file of the benchmark")
    }
    return array
  }

  private mutating func add(_ elements: MATLABElements) throws(FileError) {
    var elements = elements
    while let (kind, content) = try elements.next() {
      switch kind {
      case .compressed: try add(MATLABElements(Inflate.decompress(zlib: Array(content))[...]))
      case .matrix: try addMatrix(content)
      default: break
      }
    }
  }

  /// Passes over what is no array of real numbers, such as cells and text.
  private mutating func addMatrix(_ content: ArraySlice<UInt8>) throws(FileError) {
    var parts = MATLABElements(content)
    guard let flags = try parts.next()?.content, let shape = try parts.next(), let name = try parts.next() else {
      return
    }
    let numeric: ClosedRange<UInt8> = 6...15
    guard let type = flags.first, numeric.contains(type), let values = try parts.next(),
      let numbers = values.kind.numbers(values.content), let sides = shape.kind.numbers(shape.content)
    else { return }
    let array = NumericArray(shape: sides.map { Int($0) }, values: numbers)
    guard array.shape.allSatisfy({ $0 >= 0 }), array.shape.reduce(1, *) == numbers.count else {
      throw FileError(.malformed, problem: "an array has not as many numbers as it says", remedy: "save it again")
    }
    arrays[String(decoding: name.content, as: UTF8.self)] = array
  }
}

/// What a part of a MAT-file consists of: elements that say their kind and length.
private struct MATLABElements {
  enum Kind: Equatable {
    case numbers(Number)
    case matrix, compressed, other

    init(_ code: UInt32) {
      self = Number(rawValue: code).map(Kind.numbers) ?? (code == 14 ? .matrix : code == 15 ? .compressed : .other)
    }

    func numbers(_ content: ArraySlice<UInt8>) -> [Double]? {
      guard case .numbers(let number) = self else { return nil }
      return number.read(content)
    }
  }

  enum Number: UInt32 {
    case int8 = 1
    case uint8, int16, uint16, int32, uint32, single
    case double = 9
    case int64 = 12
    case uint64 = 13

    func read(_ content: ArraySlice<UInt8>) -> [Double] {
      func all<Value>(_ type: Value.Type, _ number: (Value) -> Double) -> [Double] {
        let size = MemoryLayout<Value>.size
        return content.withUnsafeBytes { bytes in
          (0..<bytes.count / size).map { number(bytes.loadUnaligned(fromByteOffset: $0 * size, as: type)) }
        }
      }
      switch self {
      case .int8: return all(Int8.self) { Double($0) }
      case .uint8: return all(UInt8.self) { Double($0) }
      case .int16: return all(Int16.self) { Double($0) }
      case .uint16: return all(UInt16.self) { Double($0) }
      case .int32: return all(Int32.self) { Double($0) }
      case .uint32: return all(UInt32.self) { Double($0) }
      case .single: return all(Float.self) { Double($0) }
      case .double: return all(Double.self) { $0 }
      case .int64: return all(Int64.self) { Double($0) }
      case .uint64: return all(UInt64.self) { Double($0) }
      }
    }
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next element; nil after the last.
  mutating func next() throws(FileError) -> (kind: Kind, content: ArraySlice<UInt8>)? {
    if rest.isEmpty { return nil }
    guard rest.count >= 8 else { throw cut }
    let (first, second) = (word(0), word(4))
    // Up to four bytes lie in the tag itself.
    if first >> 16 != 0 {
      let count = Int(first >> 16)
      guard count <= 4 else { throw cut }
      let content = rest.dropFirst(4).prefix(count)
      rest = rest.dropFirst(8)
      return (Kind(first & 0xffff), content)
    }
    let (kind, count) = (Kind(first), Int(second))
    guard rest.count - 8 >= count else { throw cut }
    let content = rest.dropFirst(8).prefix(count)
    let padded = kind == .compressed ? count : (count + 7) / 8 * 8
    rest = rest.dropFirst(8 + min(padded, rest.count - 8))
    return (kind, content)
  }

  private func word(_ offset: Int) -> UInt32 {
    rest.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
  }

  private var cut: FileError { FileError(.malformed, problem: "ends in the middle", remedy: "copy it again") }
}
