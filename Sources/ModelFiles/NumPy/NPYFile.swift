internal import Files
package import Foundation
package import Inference

/// A NumPy `.npy` file, versions 1 to 3: one array of numbers or Booleans, in C or Fortran order, little endian.
///
/// The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
package struct NPYFile: Sendable {
  package let tensor: StoredTensor

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let maximumHeaderSize = 1 << 20

  package init(contentsOf url: URL) throws {
    try self.init(ByteSource(contentsOf: url))
  }

  package init(_ source: ByteSource) throws {
    guard source.count >= 10, try source.bytes(at: 0, count: 6) == Self.magic else {
      throw ModelFileError(.malformed, "\(source.name): not a .npy file")
    }
    let version = try source.bytes(at: 6, count: 1)[0]
    guard (1...3).contains(version) else {
      throw ModelFileError(.unsupported, "\(source.name): version \(version) of .npy is not supported")
    }
    let sizeBytes = version == 1 ? 2 : 4
    let size = try source.bytes(at: 8, count: sizeBytes).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= Self.maximumHeaderSize else {
      throw ModelFileError(.malformed, "\(source.name): the header of the .npy file is absurdly long")
    }
    let start = 8 + sizeBytes
    let header = try NPYHeader(source.bytes(at: start, count: size), file: source.name)
    _ = try StoredTensor(header.scalarType, shape: header.shape, in: source, at: start + size)
    tensor = try StoredTensor(
      header.scalarType, shape: header.shape, strides: header.isFortranOrder ? Self.fortranStrides(header.shape) : nil,
      in: source, at: start + size)
  }

  private static func fortranStrides(_ shape: [Int]) -> [Int] {
    var stride = 1
    return shape.map { size in
      defer { stride *= max(size, 1) }
      return stride
    }
  }

  /// Writes one array as `<f4` or `<i8`. The file appears whole or not at all.
  package static func write(_ tensor: Tensor, to url: URL) throws {
    try OutputFile.write(serialize(tensor), to: url)
  }

  package static func serialize(_ tensor: Tensor) -> Data {
    let shape = tensor.shape.map { "\($0)," }.joined(separator: " ")
    let descriptor = tensor.elementType == .float32 ? "<f4" : "<i8"
    var header = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(shape)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var data = Data(magic + [1, 0])
    withUnsafeBytes(of: UInt16(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header.utf8)
    tensor.withStoredBytes { data.append(contentsOf: $0) }
    return data
  }
}
