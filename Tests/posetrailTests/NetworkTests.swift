private import Foundation
private import Inference
private import ModelFiles
import Testing

/// A network of one node, y = relu(x), in ONNX's bytes.
private let relu: [UInt8] = {
  func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(content.count)] + content }
  func dimension(_ size: UInt8) -> [UInt8] { field(1, [0x08, size]) }
  func value(_ name: String) -> [UInt8] {
    let shape = field(2, [1, 4].flatMap { dimension($0) })
    return field(1, Array(name.utf8)) + field(2, field(1, [0x08, 1] + shape))
  }
  let node = field(1, Array("x".utf8)) + field(2, Array("y".utf8)) + field(4, Array("Relu".utf8))
  let graph = field(1, node) + field(11, value("x")) + field(12, value("y"))
  return [0x08, 8] + field(7, graph) + field(8, [0x10, 17])
}()

@Test(arguments: ["reference", "openblas"])
func `running a network writes its outputs by name`(backend: String) throws {
  let place = try Workplace()
  try Data(relu).write(to: place.url("net.onnx"))
  try TensorFile.write(["x": Tensor(shape: [1, 4], [-1, 2, -3, 4] as [Float])], to: place.url("in.safetensors"))
  let outcome = try place.run(
    "network", "run", "net.onnx", "--input", "in.safetensors", "--output", "out.safetensors", "--backend", backend)
  #expect(outcome.status == 0, "\(outcome.messages)")
  #expect(try TensorFile.read(place.url("out.safetensors"))["y"]?.floats == [0, 2, 0, 4])
}

@Test func `a missing OpenBLAS is said once, with its package`() throws {
  let place = try Workplace()
  try Data(relu).write(to: place.url("net.onnx"))
  try TensorFile.write(["x": Tensor(shape: [1, 4], [-1, 2, -3, 4] as [Float])], to: place.url("in.safetensors"))
  // What lies in this folder is found before the system's.
  try Data("no library".utf8).write(to: place.url("libopenblas.so.0"))
  let known = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { ":\($0)" } ?? ""
  let outcome = try Posetrail.start(
    [
      "network", "run", "net.onnx", "--input", "in.safetensors", "--output", "out.safetensors", "--backend", "openblas",
    ], in: place.folder, environment: ["LD_LIBRARY_PATH": place.folder.path + known]
  ).wait()
  #expect(outcome.status == 1)
  #expect(outcome.messages.contains("libopenblas0") && outcome.messages.split(separator: "\n").count == 1)
}

@Test func `benchmarks are printed as JSON`() throws {
  let place = try Workplace()
  try Data(relu).write(to: place.url("net.onnx"))
  let outcome = try place.run("network", "bench", "net.onnx", "--json", "--seconds", "0.05", "--backend", "reference")
  #expect(outcome.status == 0, "\(outcome.messages)")
  let figures = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
  let times = figures?["milliseconds_per_item"] as? [String: Double]
  #expect((times?["median"] ?? -1) >= (times?["minimum"] ?? 0))
  #expect(figures?["batch"] as? Int == 1 && figures?["backend"] as? String == "reference")
  #expect(figures?["gflops_per_second"] != nil && figures?["threads"] != nil && figures?["precision"] != nil)
}

@Test func `an input of another name is refused`() throws {
  let place = try Workplace()
  try Data(relu).write(to: place.url("net.onnx"))
  let tensor = Tensor(shape: [1, 4], [1, 2, 3, 4] as [Float])
  try TensorFile.write(["a": tensor, "b": tensor], to: place.url("in.safetensors"))
  let outcome = try place.run("network", "run", "net.onnx", "--input", "in.safetensors", "--output", "out.npy")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("'x'") && outcome.messages.contains("a, b"))
}

@Test func `free heights and widths are those of the description`() throws {
  let place = try Workplace()
  let models = URL(filePath: #filePath).appending(path: "../../../Sources/CEmbeddedModels/models").standardized
  let outcome = try place.run("network", "info", models.appending(path: "person-detector.json").path)
  #expect(outcome.status == 0, "\(outcome.messages)")
  let alone = place.url("person-detector.onnx")
  try FileManager.default.copyItem(at: models.appending(path: "person-detector.onnx"), to: alone)
  let refused = try place.run("network", "info", "person-detector.onnx")
  #expect(refused.status == 2)
  #expect(refused.messages.contains("input_size"), "\(refused.messages)")
}

@Test func `a description of two networks is refused`() throws {
  let place = try Workplace()
  try place.write(
    "two.json",
    #"{"kind": "pose", "input_size": [192, 256], "keypoint_set": "coco17", "codec": {"type": "heatmap"}, "model": "a.onnx", "architecture": "res50_coco_256x192", "checkpoint": "b.pth"}"#
  )
  let outcome = try place.run("network", "info", "two.json")
  #expect(outcome.status == 2)
  #expect(outcome.messages.contains("architecture") && outcome.messages.contains("two.json"), "\(outcome.messages)")
}
