internal import Foundation
internal import Inference
internal import ModelFiles
import Testing

@Suite struct `Safetensors` {
  @Test
  func `what is written is read back, and twice the same gives the same bytes`() throws {
    let tensors = [
      "b/\"weird\" ünï": Tensor(shape: [2, 3], [1, -2.5, .infinity, 0, 1e-30, 7] as [Float]),
      "a": Tensor(shape: [3], [Int64.min, 0, Int64.max]),
      "empty": Tensor(shape: [0, 4], [] as [Float]),
      "scalar": Tensor(shape: [], [3.25] as [Float]),
    ]
    let data = try SafetensorsFile.serialize(tensors, metadata: ["format": "pt"])
    #expect(try data == SafetensorsFile.serialize(tensors, metadata: ["format": "pt"]))
    let file = try SafetensorsFile(ByteSource([UInt8](data), name: "memory"))
    #expect(file.metadata == ["format": "pt"])
    #expect(Set(file.tensors.keys) == Set(tensors.keys))
    for (name, tensor) in tensors {
      let read = try #require(try file.tensors[name]?.read())
      #expect(read.shape == tensor.shape)
      #expect(read.elementType == tensor.elementType)
      #expect(read.elementType == .float32 ? read.floats == tensor.floats : read.integers == tensor.integers)
    }
  }

  @Test(
    arguments: [
      ("F64", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f] as [UInt8], 1.5),
      ("F32", [0, 0, 0x20, 0xc0], -2.5),
      ("F16", [0x00, 0x3c], 1),
      ("F16", [0x01, 0x80], -0x1p-24),
      ("F16", [0xff, 0x7b], 65504),
      ("F16", [0x00, 0xfc], -Double.infinity),
      ("BF16", [0x80, 0x3f], 1),
      ("I64", [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -2),
      ("I32", [0xfd, 0xff, 0xff, 0xff], -3),
      ("I16", [0xfc, 0xff], -4),
      ("I8", [0xfb], -5),
      ("U32", [0xff, 0xff, 0xff, 0xff], 4_294_967_295),
      ("U16", [0xff, 0xff], 65535),
      ("U8", [0xff], 255),
      ("BOOL", [1], 1),
    ] as [(String, [UInt8], Double)])
  func `every element type is widened`(type: String, bytes: [UInt8], value: Double) throws {
    let file = try SafetensorsFile(
      safetensors(#"{"x":{"dtype":"\#(type)","shape":[1],"data_offsets":[0,\#(bytes.count)]}}"#, bytes))
    let tensor = try #require(try file.tensors["x"]?.read())
    #expect(
      (tensor.elementType == .float32 ? tensor.floats.map(Double.init) : tensor.integers.map(Double.init)) == [value])
  }

  @Test(arguments: [
    #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
    #"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}"#,
    #"{"x":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}}"#,
    #"{"x":{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}"#,
    #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775807,-1]}}"#,
    #"{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#,
    #"{"x":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}"#,
    #"{"x":{"dtype":"F32","shape":[2]}}"#,
    #"{"x":7}"#, "[]", "{", "",
  ])
  func `damaged or made-up files are refused`(header: String) {
    #expect(throws: ModelFileError.self) { try SafetensorsFile(safetensors(header, [UInt8](repeating: 0, count: 8))) }
  }

  @Test(arguments: [UInt64(9), 1 << 40, .max])
  func `a header longer than the file is refused`(size: UInt64) {
    let bytes = withUnsafeBytes(of: size) { Array($0) } + Array("{}".utf8)
    #expect(throws: ModelFileError.self) { try SafetensorsFile(ByteSource(bytes, name: "memory")) }
  }

  private func safetensors(_ header: String, _ data: [UInt8]) -> ByteSource {
    let size = withUnsafeBytes(of: UInt64(header.utf8.count)) { Array($0) }
    return ByteSource(size + Array(header.utf8) + data, name: "memory")
  }
}
