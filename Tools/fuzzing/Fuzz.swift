private import Architectures
private import Foundation
private import Inference
private import ModelFiles
private import Models

/// The reader under test, named by the environment variable POSETRAIL_FUZZ.
private enum Reader: String {
  case onnx, checkpoint, safetensors, npy, description

  static let chosen = Reader(rawValue: ProcessInfo.processInfo.environment["POSETRAIL_FUZZ"] ?? "") ?? .checkpoint

  func read(_ input: [UInt8]) throws {
    let source = ByteSource(input, name: "fuzz")
    switch self {
    case .onnx: try specialise(ONNXModel(source).graph)
    case .checkpoint: try read(Checkpoint(source).tensors.values)
    case .safetensors: try read(SafetensorsFile(source).tensors.values)
    case .npy: try read([NPYFile(source).tensor])
    case .description: try describe(Data(input))
    }
  }

  private func specialise(_ graph: Graph) throws {
    let optimised = try graph.optimised()
    let shapes = optimised.inputs.map { $0.shape.map { $0 ?? 2 } }
    guard shapes.allSatisfy({ $0.allSatisfy((0..<4096).contains) }) else { return }
    _ = try optimised.specialised(inputShapes: shapes)
  }

  private func describe(_ data: Data) throws {
    let description = try ModelDescription.parse(data, name: "fuzz")
    guard case .pose(let pose) = description,
      let keys = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let sizes = keys["architecture"] as? [String: Any]
    else { return }
    let architecture = try JSONDecoder().decode(
      Architecture.self, from: JSONSerialization.data(withJSONObject: sizes))
    _ = try architecture.blueprint(for: pose, name: "fuzz")
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
    try Reader.chosen.read(input)
  } catch {
    precondition(
      error is ModelFileError || error is InferenceError || error is ArchitectureError || error is ModelError,
      "an unexpected kind of error: \(error)")
  }
  return 0
}
