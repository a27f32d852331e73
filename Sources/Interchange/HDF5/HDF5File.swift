#if HDF5

internal import CHDF5
internal import Files
internal import Foundation

/// A file in HDF5 that is read; closed when the last owner lets go. No link to another file is followed.
final class HDF5File {
  /// Reads in a process of its own, which a hostile file may end.
  let reader: OpaquePointer

  init(_ source: InputText) throws(FileError) {
    if let reader = chdf5_open(source.descriptorNumber) {
      self.reader = reader
      return
    }
    guard try source.bytes(at: 0, count: 8) == Array("\u{89}HDF\r\n\u{1A}\n".unicodeScalars.map { UInt8($0.value) })
    else { throw FileError(.malformed, problem: "is no HDF5 file", remedy: "name its format with --from") }
    throw FileError(
      .malformed, problem: "is an HDF5 file that is cut off or damaged", remedy: "copy it again, or write it again")
  }

  deinit { chdf5_close_reader(reader) }

  func has(_ name: String) -> Bool { chdf5_has(reader, name) }

  /// Throws where there is none.
  func array(_ name: String) throws(FileError) -> HDF5Array {
    guard has(name) else {
      throw FileError(
        .invalid, problem: "has no array \"\(name)\"", remedy: "write it again, or name the right format with --from")
    }
    do { return try HDF5Array(name, in: self) } catch { throw error.under(name) }
  }

  func text(_ attribute: String) -> String? { chdf5_text_attribute(reader, nil, attribute).map(String.init(freeing:)) }

  func number(_ attribute: String) -> Double? {
    var value = 0.0
    return chdf5_number_attribute(reader, attribute, &value) >= 0 ? value : nil
  }
}

extension String {
  /// Of a text with a zero at its end, which is freed.
  init(freeing text: UnsafeMutablePointer<CChar>) {
    self.init(cString: text)
    free(text)
  }
}

#endif
