#if HDF5

internal import CHDF5
internal import Files
internal import Foundation

/// An array of numbers or texts in a file. What it states of its size is checked before any memory is taken.
final class HDF5Array {
  let name: String
  /// The slowest dimension first.
  let shape: [Int]
  /// The extent of the parts in which it is stored.
  let chunk: [Int]
  private let file: HDF5File
  private let kind: chdf5_kind

  /// Bytes of a chunk, which are in memory at once.
  private static let chunkLimit = 1 << 28
  /// zlib makes at most so many bytes of one.
  private static let largestRatio = 1100
  private static let freeSize = 1 << 26

  init(_ name: String, in file: HDF5File) throws(FileError) {
    (self.name, self.file) = (name, file)
    var facts = chdf5_shape()
    guard chdf5_describe(file.reader, name, &facts) >= 0 else {
      throw FileError(
        .invalid, problem: "is no array whose values lie in this file", remedy: "write the file again as a whole")
    }
    let rank = Int(facts.rank)
    let list = { (values: UnsafeRawBufferPointer) in
      values.bindMemory(to: UInt64.self).prefix(rank).map { Int(clamping: $0) }
    }
    (shape, kind) = (withUnsafeBytes(of: facts.dims, list), facts.kind)
    chunk = withUnsafeBytes(of: facts.chunk, list)
    let size = Self.size(shape, element: facts.element)
    let stored = Int(clamping: facts.stored).multipliedReportingOverflow(by: Self.largestRatio)
    guard size <= Self.freeSize || stored.overflow || size <= stored.partialValue else {
      throw FileError(
        .invalid,
        problem: "states \(shape.map(String.init).joined(separator: " × ")) values, which the file does not hold",
        remedy: "write the file again")
    }
    guard chunk == shape || Self.size(chunk, element: facts.element) <= Self.chunkLimit else {
      throw FileError(
        .invalid, problem: "is stored in parts of more than \(Self.chunkLimit >> 20) MiB",
        remedy: "write it in smaller chunks")
    }
  }

  /// Bytes; as many as can be where that is beyond counting.
  private static func size(_ shape: [Int], element: UInt64) -> Int {
    shape.reduce(Int(clamping: element)) { total, count in
      let (product, overflow) = total.multipliedReportingOverflow(by: count)
      return overflow ? .max : product
    }
  }

  /// The part that begins at `start`, row by row.
  func numbers(_ start: [Int], _ count: [Int]) throws(FileError) -> [Double] {
    guard kind == CHDF5_NUMBERS, !shape.isEmpty else { throw wrong("numbers") }
    let total = count.reduce(1, *)
    var failed = false
    let values = [Double](unsafeUninitializedCapacity: total) { buffer, filled in
      filled = total
      if total > 0 {
        let (start, extent) = (start.map(UInt64.init), count.map(UInt64.init))
        failed = chdf5_read(file.reader, name, Int32(count.count), start, extent, buffer.baseAddress) < 0
      }
    }
    guard !failed else {
      throw FileError(
        .unreadable, place: name, problem: "can't be read: it is damaged, or compressed in a way unknown to HDF5",
        remedy: "write the file again, with gzip or without compression")
    }
    return values
  }

  /// All numbers of a list.
  func list() throws(FileError) -> [Double] {
    guard shape.count == 1 else { throw wrong("a list of numbers") }
    return try numbers([0], shape)
  }

  func texts() throws(FileError) -> [String] {
    guard kind == CHDF5_TEXTS else { throw wrong("texts") }
    if shape.contains(0) { return [] }
    var size = 0
    guard let bytes = chdf5_texts(file.reader, name, &size) else { throw wrong("readable texts") }
    defer { free(bytes) }
    let text = UnsafeRawBufferPointer(start: bytes, count: size)
    return text.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func text(_ attribute: String) -> String? {
    chdf5_text_attribute(file.reader, name, attribute).map(String.init(freeing:))
  }

  /// The name of the scale of a dimension; nil where it has none.
  func dimension(_ axis: Int) -> String? { chdf5_dimension(file.reader, name, Int32(axis)).map(String.init(freeing:)) }

  private func wrong(_ what: String) -> FileError {
    FileError(.invalid, place: name, problem: "does not hold \(what)", remedy: "write the file again")
  }
}

#endif
