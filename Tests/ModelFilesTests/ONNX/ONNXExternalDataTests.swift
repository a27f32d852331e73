internal import Foundation
internal import Inference
internal import ModelFiles
import Testing

@Suite struct `Weights beside an ONNX file` {
  @Test
  func `are read from inside the model's folder`() throws {
    try withFolder { folder in
      let values: [Float] = [9, 1, 2]
      try FileManager.default.createDirectory(at: folder.appending(path: "parts"), withIntermediateDirectories: true)
      try Data(values.flatMap { withUnsafeBytes(of: $0) { Array($0) } }).write(
        to: folder.appending(path: "parts/w.bin"))
      let model = try load(ONNXWriter.external("w", [2], location: "parts/w.bin", offset: "4", length: "8"), in: folder)
      #expect(model.weightFiles.map(\.lastPathComponent) == ["w.bin"])
      #expect(model.graph.values.compactMap(\.constant).map(\.floats) == [[1, 2]])
    }
  }

  @Test(arguments: [
    "/etc/hostname", "../secret.bin", "parts/../../secret.bin", "", "link.bin", "linked/secret.bin", "parts//w.bin",
    "absent.bin",
    ".", "x\0y",
  ])
  func `are not read from anywhere else`(location: String) throws {
    try withFolder { folder in
      let outside = folder.deletingLastPathComponent()
      try Data(count: 64).write(to: outside.appending(path: "secret.bin"))
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/link.bin", withDestinationPath: "../secret.bin")
      try FileManager.default.createSymbolicLink(atPath: folder.path + "/linked", withDestinationPath: "..")
      let error = #expect(throws: ModelFileError.self) {
        try load(ONNXWriter.external("w", [2], location: location), in: folder)
      }
      #expect(error?.message.contains("made.onnx") == true || location == ".")
    }
  }

  @Test(
    arguments: [("8", nil), ("-4", nil), ("9223372036854775807", nil), (nil, "4"), (nil, "-8"), ("x", nil)]
      as [(String?, String?)])
  func `must fit the file`(offset: String?, length: String?) throws {
    try withFolder { folder in
      try Data(count: 12).write(to: folder.appending(path: "w.bin"))
      #expect(throws: ModelFileError.self) {
        try load(ONNXWriter.external("w", [2], location: "w.bin", offset: offset, length: length), in: folder)
      }
    }
  }

  private func load(_ weights: [UInt8], in folder: URL) throws -> ONNXModel {
    let file = folder.appending(path: "made.onnx")
    try Data(ONNXWriter.single("Add", inputs: ["x", "w"], weights: [weights]).bytes).write(to: file)
    return try ONNXModel(contentsOf: file)
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let outside = FileManager.default.temporaryDirectory.appending(path: "external-\(UUID().uuidString)")
    let folder = outside.appending(path: "model")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: outside) }
    try body(folder)
  }
}
