internal import Foundation
internal import Inference
internal import ModelFiles
internal import TestSupport
import Testing

@Suite struct `PyTorch checkpoints` {
  @Test(arguments: [
    ("varied.pth", Checkpoint.Format.torch), ("varied.legacy.pth", .torchBefore16), ("varied.protocol4.pth", .torch),
  ])
  func `every element type, stride and sharing is read, in each format of torch`(
    name: String, format: Checkpoint.Format
  ) throws {
    let checkpoint = try Checkpoint(contentsOf: Fixtures.file(name))
    #expect(checkpoint.format == format)
    #expect(checkpoint.metadata == ["epoch": "3", "mmengine_version": "0.10", "note": "ünï"])
    try expectSame(checkpoint, try SafetensorsFile(contentsOf: Fixtures.file("varied.safetensors")))
  }

  @Test
  func `safetensors are opened as a checkpoint too`() throws {
    let url = Fixtures.file("varied.safetensors")
    let checkpoint = try Checkpoint(contentsOf: url)
    #expect(checkpoint.format == .safetensors)
    try expectSame(checkpoint, try SafetensorsFile(contentsOf: url))
  }

  @Test(arguments: ["reference/networks", "reference/detectors"])
  func `the tensors of mmpose's and mmdetection's checkpoints are those of the reference, bit for bit`(
    folder: String
  ) throws {
    for directory in try FileManager.default.contentsOfDirectory(
      at: SharedFiles.file(folder), includingPropertiesForKeys: nil)
    {
      let weights = directory.appending(path: "model.safetensors")
      for name in ["checkpoint.pth", "checkpoint.legacy.pth"] {
        let file = directory.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { continue }
        let checkpoint = try Checkpoint(contentsOf: file)
        #expect(!checkpoint.tensors.isEmpty)
        guard FileManager.default.fileExists(atPath: weights.path) else { continue }
        try expectSame(checkpoint, try SafetensorsFile(contentsOf: weights))
      }
    }
  }

  @Test
  func `missing, extra and mis-shaped tensors are listed in one error`() throws {
    let checkpoint = try Checkpoint(contentsOf: Fixtures.file("varied.pth"))
    let error = #expect(throws: ModelFileError.self) {
      try checkpoint.load(["plain": [4, 7], "absent": [1], "view": [6]]) { !$0.hasPrefix("tied") }
    }
    let message = try #require(error?.message)
    #expect(error?.code == .mismatched)
    #expect(message.contains("1 missing (absent)"))
    #expect(message.contains("2 not part of the network (tied_a, tied_b)"))
    #expect(message.contains("plain is [4, 6] instead of [4, 7]"))
    let loaded = try checkpoint.load(["view": [6], "scalar": []]) { _ in true }
    #expect(Set(loaded.keys) == ["view", "scalar"])
  }

  private func expectSame(_ checkpoint: Checkpoint, _ file: SafetensorsFile) throws {
    #expect(Set(checkpoint.tensors.keys) == Set(file.tensors.keys), "\(checkpoint.name)")
    for (name, expected) in file.tensors {
      #expect(try checkpoint.tensor(name).isIdentical(to: expected.read()), "\(name) of \(checkpoint.name)")
    }
  }
}
