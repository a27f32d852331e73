internal import Inference

/// A node of the file with its inputs looked up, as the converters of `ONNXOperator` see it.
struct ONNXNode {
  let name: String
  let type: String
  /// `Node.absent` where an optional input is left out; trailing ones may be missing.
  let inputs: [Graph.ValueID]
  /// Names; empty where an optional output is not wanted.
  let outputs: [String]
  let attributes: ONNXAttributes
  let opset: Int
  private let place: String

  init(_ node: ProtoNode, at index: Int, inputs: [Graph.ValueID], opset: Int, file: String) {
    name = node.name
    type = node.opType
    self.inputs = inputs
    outputs = node.output
    self.opset = opset
    place = "\(file): \(node.label(at: index))"
    attributes = ONNXAttributes(node.attribute, place: place)
  }

  /// The optional input `index`, or nil.
  func input(_ index: Int) -> Graph.ValueID? {
    index < inputs.count && inputs[index] != Graph.Node.absent ? inputs[index] : nil
  }

  /// As `input`, for the argument lists of `Operation`.
  func optionalInput(_ index: Int) -> Graph.ValueID {
    input(index) ?? Graph.Node.absent
  }

  func error(_ code: ModelFileError.Code, _ message: String) -> ModelFileError {
    ModelFileError(code, "\(place): \(message)")
  }
}

extension ProtoNode {
  /// How messages speak of the node.
  func label(at index: Int) -> String {
    let label = name.isEmpty ? "node \(index)" : "node \"\(name)\""
    return "\(label) (\(qualifiedType))"
  }

  var isStandard: Bool { ["", "ai.onnx"].contains(domain) }

  var qualifiedType: String { isStandard ? opType : "\(domain).\(opType)" }
}
