/// Decompression of zlib streams (RFC 1950 and 1951) of up to 1 GiB.
package struct Inflate {

  private let input: [UInt8]
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  package static func decompress(zlib: [UInt8]) throws(FileError) -> [UInt8] {
    var inflate = Inflate(input: zlib, position: 2)
    while try !inflate.decodeBlock() {
      guard inflate.output.count <= limit else { throw malformed }
    }
    return inflate.output
  }

  private static let limit = 1 << 30

  private static var malformed: FileError {
    FileError(.malformed, problem: "its compressed data is damaged", remedy: "copy the file again")
  }

  private init(input: [UInt8], position: Int) {
    self.input = input
    self.position = position
  }

  private mutating func take(_ count: Int) throws(FileError) -> Int {
    while bitCount < count {
      guard position < input.count else { throw Self.malformed }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  /// Decodes one block and returns whether it was the last.
  private mutating func decodeBlock() throws(FileError) -> Bool {
    let isLast = try take(1) == 1
    switch try take(2) {
    case 0: try copyStored()
    case 1:
      let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
      try decode(HuffmanCode(lengths), HuffmanCode([Int](repeating: 5, count: 30)))
    case 2: try decodeDynamic()
    default: throw Self.malformed
    }
    return isLast
  }

  private mutating func copyStored() throws(FileError) {
    bits = 0
    position -= bitCount / 8
    bitCount = 0
    guard position + 4 <= input.count else { throw Self.malformed }
    let count = Int(input[position]) | Int(input[position + 1]) << 8
    position += 4
    guard position + count <= input.count else { throw Self.malformed }
    output += input[position..<position + count]
    position += count
  }

  private mutating func decodeDynamic() throws(FileError) {
    let literals = try take(5) + 257
    let distances = try take(5) + 1
    let count = try take(4) + 4
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var codeLengths = [Int](repeating: 0, count: 19)
    for index in 0..<count { codeLengths[order[index]] = try take(3) }
    let code = HuffmanCode(codeLengths)
    var lengths: [Int] = []
    while lengths.count < literals + distances {
      switch try symbol(code) {
      case 16:
        guard let last = lengths.last else { throw Self.malformed }
        lengths += [Int](repeating: last, count: try take(2) + 3)
      case 17: lengths += [Int](repeating: 0, count: try take(3) + 3)
      case 18: lengths += [Int](repeating: 0, count: try take(7) + 11)
      case let length: lengths.append(length)
      }
    }
    try decode(HuffmanCode(Array(lengths[..<literals])), HuffmanCode(Array(lengths[literals...])))
  }

  private mutating func decode(_ literals: HuffmanCode, _ distances: HuffmanCode) throws(FileError) {
    while true {
      let value = try symbol(literals)
      if value < 256 {
        output.append(UInt8(value))
      } else if value == 256 {
        return
      } else {
        let length = try length(value - 257)
        let code = try symbol(distances)
        let extra = max(0, code / 2 - 1)
        let distance = try (code < 4 ? code : (2 + code % 2) << extra) + take(extra) + 1
        guard distance <= output.count, output.count <= Self.limit else { throw Self.malformed }
        for _ in 0..<length { output.append(output[output.count - distance]) }
      }
    }
  }

  private mutating func length(_ code: Int) throws(FileError) -> Int {
    if code < 8 { return code + 3 }
    if code == 28 { return 258 }
    let extra = code / 4 - 1
    return try (4 + code % 4) << extra + take(extra) + 3
  }

  private mutating func symbol(_ code: HuffmanCode) throws(FileError) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value = try value << 1 | take(1)
      let count = code.counts[length]
      // A code with more words than fit is none.
      guard value >= first else { throw Self.malformed }
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
    }
    throw Self.malformed
  }
}

/// A canonical Huffman code: how many codes have each length, and the symbols in the order of their codes.
private struct HuffmanCode {
  var counts = [Int](repeating: 0, count: 16)
  var symbols: [Int]

  init(_ lengths: [Int]) {
    for length in lengths where length > 0 { counts[length] += 1 }
    symbols = (1...15).flatMap { length in lengths.indices.filter { lengths[$0] == length } }
  }
}
