#if HDF5

internal import CHDF5
internal import Files
internal import Foundation

/// A file in HDF5 that is written, and appears at its place whole or not at all. The same content makes the same bytes.
final class HDF5Output {
  private let target: OutputTarget
  private let file: PartialFile
  private let id: chdf5_id
  private var arrays: [chdf5_id] = []
  private var isOpen = true

  init(_ target: OutputTarget) throws(FileError) {
    self.target = target
    switch target {
    case .place(let place, let overwrites): file = try PartialFile(for: place, overwrites: overwrites)
    case .standardOutput: file = try PartialFile.temporary()
    }
    id = chdf5_create(file.url.path(percentEncoded: false))
    guard id >= 0 else {
      isOpen = false
      throw failure
    }
  }

  deinit { _ = close() }

  func set(_ attribute: String, _ text: String, of array: chdf5_id? = nil) throws(FileError) {
    try require(chdf5_set_text(array ?? id, attribute, text))
  }

  func set(_ attribute: String, _ number: Double) throws(FileError) {
    try require(chdf5_set_number(id, attribute, number))
  }

  /// Texts in the order of their places; one without any shape.
  @discardableResult
  func write(_ name: String, _ texts: [String], shape: [Int]? = nil) throws(FileError) -> chdf5_id {
    let shape = shape ?? [texts.count]
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { UnsafePointer($0) }
    return try keep(chdf5_make_texts(id, name, Int32(shape.count), shape.map(UInt64.init), pointers))
  }

  /// An array of numbers that is yet to be written; in `chunk`s where those are named.
  func make(_ name: String, _ type: chdf5_type, shape: [Int], chunk: [Int]?) throws(FileError) -> chdf5_id {
    try keep(
      chdf5_make_numbers(id, name, type, Int32(shape.count), shape.map(UInt64.init), chunk?.map(UInt64.init)))
  }

  /// A small array as a whole.
  @discardableResult
  func write(_ name: String, _ type: chdf5_type, shape: [Int], _ values: [Double]) throws(FileError) -> chdf5_id {
    let array = try make(name, type, shape: shape, chunk: nil)
    if !values.isEmpty { try write(array, at: shape.map { _ in 0 }, shape, values) }
    return array
  }

  func write(_ array: chdf5_id, at start: [Int], _ count: [Int], _ values: [Double]) throws(FileError) {
    try require(chdf5_write(array, start.map(UInt64.init), count.map(UInt64.init), values))
  }

  /// Makes an array the scale of the dimension of its name.
  func makeScale(_ array: chdf5_id, _ name: String) throws(FileError) { try require(chdf5_make_scale(array, name)) }

  func attach(_ scales: [chdf5_id], to array: chdf5_id) throws(FileError) {
    for (axis, scale) in scales.enumerated() { try require(chdf5_attach_scale(array, scale, Int32(axis))) }
  }

  /// Puts the file at its place.
  func finish() throws(FileError) {
    guard close() else { throw failure }
    guard case .standardOutput = target else { return try file.commit() }
    let (written, output) = (try InputText(file.url), try OutputFile(for: target))
    var offset = 0
    while true {
      let bytes = try written.bytes(at: offset, count: 1 << 20)
      if bytes.isEmpty { break }
      try output.write(bytes)
      offset += bytes.count
    }
    try output.finish()
  }

  private func keep(_ array: chdf5_id) throws(FileError) -> chdf5_id {
    guard array >= 0 else { throw failure }
    arrays.append(array)
    return array
  }

  private func close() -> Bool {
    guard isOpen else { return true }
    isOpen = false
    for array in arrays { chdf5_close_array(array) }
    return chdf5_close(id) >= 0
  }

  private func require(_ result: Int32) throws(FileError) { if result < 0 { throw failure } }

  private var failure: FileError {
    FileError(
      .unwritable, file: target.name, problem: "can't be written by HDF5",
      remedy: "check the space and the rights of its folder")
  }
}

#endif
