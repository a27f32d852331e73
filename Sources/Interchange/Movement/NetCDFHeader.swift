/// The header of a netCDF file in the classic format with 64-bit offsets (CDF-2), as *The NetCDF Classic Format Specification*
/// of Unidata lays it down. All numbers are big-endian; names and values are filled up to multiples of four bytes.
struct NetCDFHeader {
  enum Value {
    case text(String)
    case number(Double)
  }

  enum Kind: Int32 {
    case char = 2
    case double = 6

    var size: Int { self == .char ? 1 : 8 }
  }

  struct Variable {
    var name: String
    /// By name, the slowest first. Those that begin with the record dimension are stored record by record.
    var dimensions: [String]
    var kind: Kind
    var attributes: [(String, Value)] = []
  }

  /// The first is the record dimension, whose length is the number of records.
  var dimensions: [(name: String, length: Int)]
  var attributes: [(String, Value)]
  var variables: [Variable]

  /// The bytes, after which the data of the variables follow: those that are not stored by record in their order, then the
  /// records. nil where a size is beyond the format.
  func bytes() -> [UInt8]? {
    var size = text(begins: variables.map { _ in 0 }).count
    var begins = [Int](repeating: 0, count: variables.count)
    let isRecord = variables.map { $0.dimensions.first == dimensions[0].name }
    for (index, variable) in variables.enumerated() where !isRecord[index] {
      begins[index] = size
      size += dataSize(variable)
    }
    for (index, variable) in variables.enumerated() where isRecord[index] {
      begins[index] = size
      size += dataSize(variable)
    }
    let sizes = variables.map(dataSize) + dimensions.map(\.length)
    return sizes.allSatisfy { Int32(exactly: $0) != nil } ? text(begins: begins) : nil
  }

  /// Of all data of a variable, or those of one record, filled up.
  private func dataSize(_ variable: Variable) -> Int {
    let lengths = variable.dimensions.filter { $0 != dimensions[0].name }.map { name in
      dimensions.first { $0.name == name }?.length ?? 0
    }
    return (lengths.reduce(variable.kind.size, *) + 3) / 4 * 4
  }

  private func text(begins: [Int]) -> [UInt8] {
    var bytes = Array("CDF\u{2}".utf8)
    bytes.append(int: Int32(truncatingIfNeeded: dimensions[0].length))
    bytes.append(list: 10, dimensions) { dimension, bytes in
      bytes.append(name: dimension.name)
      let isRecord = dimension.name == dimensions[0].name
      bytes.append(int: isRecord ? 0 : Int32(truncatingIfNeeded: dimension.length))
    }
    bytes.append(attributes)
    bytes.append(list: 11, Array(zip(variables, begins))) { variable, bytes in
      let (variable, begin) = variable
      bytes.append(name: variable.name)
      bytes.append(int: Int32(variable.dimensions.count))
      for name in variable.dimensions {
        bytes.append(int: Int32(dimensions.firstIndex { $0.name == name } ?? 0))
      }
      bytes.append(variable.attributes)
      bytes.append(int: variable.kind.rawValue)
      bytes.append(int: Int32(truncatingIfNeeded: dataSize(variable)))
      bytes.append(bigEndian: UInt64(begin))
    }
    return bytes
  }
}

extension [UInt8] {
  mutating func append(bigEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  mutating func append(double value: Double) { append(bigEndian: value.bitPattern) }

  fileprivate mutating func append(int value: Int32) { append(bigEndian: value) }

  mutating func fill() { while !count.isMultiple(of: 4) { append(0) } }

  fileprivate mutating func append(name: String) {
    append(int: Int32(name.utf8.count))
    append(contentsOf: name.utf8)
    fill()
  }

  fileprivate mutating func append<Item>(
    list tag: Int32, _ elements: [Item], _ element: (Item, inout [UInt8]) -> Void
  ) {
    append(int: elements.isEmpty ? 0 : tag)
    append(int: Int32(elements.count))
    for next in elements { element(next, &self) }
  }

  fileprivate mutating func append(_ attributes: [(String, NetCDFHeader.Value)]) {
    append(list: 12, attributes) { attribute, bytes in
      bytes.append(name: attribute.0)
      switch attribute.1 {
      case .text(let text):
        bytes.append(int: NetCDFHeader.Kind.char.rawValue)
        bytes.append(name: text)
      case .number(let value):
        bytes.append(int: NetCDFHeader.Kind.double.rawValue)
        bytes.append(int: 1)
        bytes.append(double: value)
      }
    }
  }
}
