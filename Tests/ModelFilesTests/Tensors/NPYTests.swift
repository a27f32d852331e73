private import Files
internal import Foundation
internal import Inference
internal import ModelFiles
import Testing

@Suite struct `NumPy files` {
  static let numbers = (0..<24).map { Double($0 - 5) }

  @Test(arguments: ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "fortran", "version2", "version3"])
  func `numpy.save's files of every number type, version and order are read`(name: String) throws {
    let tensor = try NPYFile(contentsOf: Fixtures.file("npy/\(name).npy")).tensor.read()
    #expect(tensor.shape == [2, 3, 4])
    #expect(tensor.numbers == Self.numbers)
  }

  @Test
  func `bytes, Booleans and single numbers are read`() throws {
    #expect(try TensorFile.read(Fixtures.file("npy/u1.npy"))["u1"]?.integers == Array(0..<24))
    #expect(try TensorFile.read(Fixtures.file("npy/b1.npy"))["b1"]?.integers == [1, 0])
    let scalar = try #require(try TensorFile.read(Fixtures.file("npy/scalar.npy"))["scalar"])
    #expect(scalar.shape == [] && scalar.floats == [2.5])
  }

  @Test(arguments: [("big", ">f4"), ("record", "records")])
  func `big-endian numbers and records are refused by name`(name: String, word: String) throws {
    let error = #expect(throws: ModelFileError.self) { try NPYFile(contentsOf: Fixtures.file("npy/\(name).npy")) }
    #expect(error?.message.contains(word) == true)
  }

  @Test(arguments: [[], [0], [5], [2, 0, 3], [3, 1, 2]])
  func `what is written is read back`(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    for tensor in [
      Tensor(shape: shape, (0..<count).map { Float($0) * 0.3 }),
      Tensor(shape: shape, (0..<count).map { Int64($0) << 40 }),
    ] {
      let data = NPYFile.serialize(tensor)
      #expect((data.count - count * (tensor.elementType == .float32 ? 4 : 8)).isMultiple(of: 64))
      #expect(try NPYFile(ByteSource([UInt8](data), name: "memory")).tensor.read().isIdentical(to: tensor))
    }
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
    "{'descr': '<f4', 'fortran_order': True, 'shape': (4611686018427387904, 4611686018427387904), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '<f4', 'fortran_order': False}", "{'descr': '<f4', 'shape': (1,)", "{", "", "((((((",
  ])
  func `damaged files are refused`(header: String) {
    let size = UInt16(header.utf8.count)
    let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(size & 0xff), UInt8(size >> 8)] + Array(header.utf8)
    #expect(throws: ModelFileError.self) { try NPYFile(ByteSource(bytes + [0, 0, 0, 0, 0, 0, 0, 0], name: "memory")) }
  }

  @Test
  func `a tensor file is written and read by its extension, and other extensions are refused`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tensors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tensor = Tensor(shape: [2], [1, 2] as [Float])
    for name in ["x ü.safetensors", "x.npy"] {
      let url = folder.appending(path: name)
      try TensorFile.write(["x": tensor], to: url)
      #expect(try TensorFile.read(url)["x"]?.isIdentical(to: tensor) == true)
    }
    #expect(throws: ModelFileError.self) {
      try TensorFile.write(["x": tensor, "y": tensor], to: folder.appending(path: "z.npy"))
    }
    #expect(throws: ModelFileError.self) { try TensorFile.write(["x": tensor], to: folder.appending(path: "z.txt")) }
    #expect(throws: ModelFileError.self) { try TensorFile.read(folder.appending(path: "absent.npy")) }
    #expect(throws: ModelFileError.self) { try TensorFile.read(folder.appending(path: "z.txt")) }
    #expect(throws: FileError.self) {
      try TensorFile.write(["x": tensor], to: folder.appending(path: "absent/z.npy"))
    }
  }
}

extension Tensor {
  fileprivate var numbers: [Double] {
    elementType == .float32 ? floats.map(Double.init) : integers.map(Double.init)
  }
}
