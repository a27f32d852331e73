private import Foundation
private import Inference
private import ModelFiles

/// The reader under test, named by the environment variable POSETRAIL_FUZZ.
private enum Reader: String {
  case onnx, checkpoint, safetensors, npy

  static let chosen = Reader(rawValue: ProcessInfo.processInfo.environment["POSETRAIL_FUZZ"] ?? "") ?? .checkpoint

  func read(_ source: ByteSource) throws {
    switch self {
    case .onnx: _ = try ONNXModel(source)
    case .checkpoint: try read(Checkpoint(source).tensors.values)
    case .safetensors: try read(SafetensorsFile(source).tensors.values)
    case .npy: try read([NPYFile(source).tensor])
    }
  }

  private func read(_ tensors: some Collection<StoredTensor>) throws {
    for tensor in tensors.prefix(100) where tensor.shape.reduce(1, *) < 1 << 20 { _ = try tensor.read() }
  }
}

/// What libFuzzer calls with every input. A reader may refuse, with an error of ours; anything else is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  do {
    try Reader.chosen.read(ByteSource(input, name: "fuzz"))
  } catch {
    precondition(error is ModelFileError, "an unexpected kind of error: \(error)")
  }
  return 0
}
