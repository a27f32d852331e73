internal import Foundation
internal import Inference
internal import ModelFiles
import Testing

private typealias W = ONNXWriter

@Suite struct `Bad ONNX files` {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var model: ONNXWriter
    /// What the message must say.
    var words: [String]

    init(_ description: String, _ model: ONNXWriter, _ words: String...) {
      testDescription = description
      self.model = model
      self.words = words
    }
  }

  static let cases: [Case] = [
    Case("no operator set", ONNXWriter(opset: nil, nodes: [W.node("Relu", ["x"], ["y"])]), "operator set"),
    Case("operator set too old", .single("Relu", opset: 7), "7", "opset_version=17"),
    Case("operator set too new", .single("Relu", opset: 99), "99", "8 to 25"),
    Case(
      "unknown operators are all named",
      ONNXWriter(nodes: [W.node("Unique", ["x"], ["a"]), W.node("Det", ["a"], ["y"])]), "Unique", "Det", "the Unique"),
    Case(
      "another domain", ONNXWriter(nodes: [W.node("FusedConv", ["x"], ["y"], domain: "com.microsoft")]),
      "com.microsoft.FusedConv", "optimisations"),
    Case("control flow", .single("If"), "If", "tracing"),
    Case(
      "functions of the model",
      ONNXWriter(nodes: [W.node("aten_relu", ["x"], ["y"], domain: "pkg.onnxscript.torch_lib")]),
      "aten_relu", "inline"),
    Case("recurrent layers", .single("LSTM"), "LSTM", "recurrent"),
    Case("no equation", .single("Einsum", [W.string("equation", "a->b->c")]), "the Einsum", "a->b->c"),
    Case(
      "quantised to what is too wide", .single("QuantizeLinear", inputs: ["x", "x"], [W.int("output_dtype", 7)]),
      "the QuantizeLinear", "int64"),
    Case("unknown attribute", .single("Relu", [W.int("sharpness", 3)]), "the Relu", "sharpness"),
    Case("attribute of the wrong type", .single("LeakyRelu", [W.int("alpha", 3)]), "the LeakyRelu", "alpha"),
    Case(
      "attribute with a value that is not supported",
      .single(
        "Resize", inputs: ["x", "", "s"], [W.string("mode", "sinc")], weights: [W.weights("s", [4], [1, 1, 2, 2])]),
      "the Resize", "sinc"),
    Case(
      "one-dimensional convolution",
      .single("Conv", inputs: ["x", "w"], [W.ints("strides", [1])], weights: [W.weights("w", [1], [1])]), "the Conv",
      "strides"),
    Case(
      "huge stride", .single("MaxPool", [W.ints("kernel_shape", [2, 2]), W.ints("strides", [Int.max, 1])]), "strides"),
    Case(
      "negative padding", .single("MaxPool", [W.ints("kernel_shape", [2, 2]), W.ints("pads", [0, 0, -1, 0])]), "pads"),
    Case("no permutation", .single("Transpose", [W.ints("perm", [0, 0, 1, 2])]), "perm"),
    Case("huge axis", .single("Softmax", [W.int("axis", Int.min)]), "axis"),
    Case("too few inputs", .single("Add"), "the Add", "1 inputs"),
    Case("left-out input", .single("Add", inputs: ["x", ""]), "the Add", "input 1"),
    Case(
      "second output of pooling", .single("MaxPool", outputs: ["y", "z"], [W.ints("kernel_shape", [2, 2])]), "\"z\""),
    Case(
      "batch normalisation in training",
      .single("BatchNormalization", inputs: ["x", "x", "x", "x", "x"], [W.int("training_mode", 1)]), "training_mode"),
    Case("missing value", .single("Add", inputs: ["x", "nowhere"]), "nowhere"),
    Case("missing output", ONNXWriter(outputs: [W.value("nowhere", [])]), "nowhere"),
    Case("no outputs", ONNXWriter(outputs: []), "no outputs"),
    Case(
      "cycle",
      ONNXWriter(nodes: [W.node("Add", ["x", "b"], ["a"]), W.node("Relu", ["a"], ["b"]), W.node("Relu", ["b"], ["y"])]),
      "cycle"),
    Case("node that needs itself", .single("Add", inputs: ["x", "y"]), "cycle"),
    Case(
      "two producers", ONNXWriter(nodes: [W.node("Relu", ["x"], ["y"]), W.node("Abs", ["x"], ["y"])]), "\"y\"",
      "the Abs"),
    Case("output with the name of an input", .single("Relu", outputs: ["x"]), "\"x\""),
    Case("weights twice", .single("Relu", weights: [W.weights("w", [1], [1]), W.weights("w", [1], [1])]), "twice"),
    Case(
      "input twice", ONNXWriter(nodes: [W.node("Relu", ["x"], ["y"])], inputs: [W.value("x", [1]), W.value("x", [1])]),
      "twice"),
    Case(
      "output twice", ONNXWriter(nodes: [W.node("Relu", ["x"], ["y"])], outputs: [W.value("y", []), W.value("y", [])]),
      "twice"),
    Case(
      "input without a shape", ONNXWriter(nodes: [W.node("Relu", ["x"], ["y"])], inputs: [W.text(1, "x")]), "declared"),
    Case(
      "input with a huge dimension",
      ONNXWriter(nodes: [W.node("Relu", ["x"], ["y"])], inputs: [W.value("x", [Int.max, 2])]), "impossible"),
    Case(
      "fewer weights than the shape says", .single("Add", inputs: ["x", "w"], weights: [W.weights("w", [3], [1, 2])]),
      "\"w\"", "[3]"),
    Case(
      "more weights than the shape says", .single("Add", inputs: ["x", "w"], weights: [W.weights("w", [1], [1, 2])]),
      "\"w\""),
    Case(
      "negative dimension", .single("Add", inputs: ["x", "w"], weights: [W.weights("w", [-1], [1])]), "\"w\"",
      "impossible"),
    Case(
      "overflowing dimensions", .single("Add", inputs: ["x", "w"], weights: [W.weights("w", [1 << 32, 1 << 32], [])]),
      "\"w\"", "impossible"),
    Case(
      "weights of text", .single("Add", inputs: ["x", "w"], weights: [W.weights("w", [1], type: 8, raw: [])]), "\"w\"",
      "type"),
    Case(
      "external weights of a model in memory",
      .single("Add", inputs: ["x", "w"], weights: [W.external("w", [1], location: "w.bin")]), "w.bin"),
    Case(
      "split into more sizes than outputs", .single("Split", outputs: ["y", "z"], [W.ints("split", [1, 1, 2])]),
      "3 sizes"),
  ]

  @Test(arguments: cases)
  func `the message says what and where`(_ example: Case) {
    let error = #expect(throws: ModelFileError.self) { try example.model.model() }
    for word in example.words + ["made.onnx"] {
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "no error") should speak of \(word)")
    }
  }

  @Test
  func `a file that is cut short anywhere is an error or a smaller model, never a crash`() {
    let whole = W.single(
      "Conv", inputs: ["x", "w"], [W.ints("strides", [1, 1])], weights: [W.weights("w", [1, 2, 1, 1], [1, 2])]
    ).bytes
    for count in 0..<whole.count {
      let result = Result { try ONNXModel(ByteSource(Array(whole[..<count]), name: "cut.onnx")) }
      if case .failure(let error) = result { #expect(error is ModelFileError) }
    }
  }

  @Test
  func `a chain of 200,000 nodes in reverse order does not exhaust the stack`() throws {
    let count = 200_000
    var writer = ONNXWriter()
    writer.nodes = (0..<count).reversed().map {
      W.node("Relu", [$0 == 0 ? "x" : "v\($0)"], [$0 == count - 1 ? "y" : "v\($0 + 1)"])
    }
    #expect(try writer.model().graph.nodes.count == count)
  }

  @Test
  func `files that are not there, are folders or no models are refused`() throws {
    for path in ["/nonexistent/model.onnx", "/", "/dev/zero", Fixtures.file("varied.pth").path] {
      #expect(throws: ModelFileError.self) { try ONNXModel(contentsOf: URL(filePath: path)) }
    }
  }
}
