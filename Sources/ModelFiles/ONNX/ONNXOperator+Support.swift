extension ONNXOperator {
  /// Throws one error that names every operator that has no conversion, with the first node that asks for it.
  static func requireSupport(for nodes: some Sequence<ProtoNode>, in file: String) throws {
    var seen: Set<String> = []
    var missing: [ProtoNode] = []
    for node in nodes where !(node.isStandard && table[node.opType] != nil) && seen.insert(node.qualifiedType).inserted
    {
      missing.append(node)
    }
    guard !missing.isEmpty else { return }
    let list = missing.prefix(10).map {
      "\($0.qualifiedType) (node \"\($0.name.isEmpty ? $0.output.first ?? "" : $0.name)\")"
    }
    let more = missing.count > 10 ? " and \(missing.count - 10) more" : ""
    throw ModelFileError(
      .unsupported,
      "\(file): not supported: \(list.joined(separator: ", "))\(more); \(advice(for: missing))")
  }

  private static func advice(for nodes: [ProtoNode]) -> String {
    let types = Set(nodes.map(\.opType))
    if nodes.contains(where: { !$0.isStandard }) {
      return "these are not operators of standard ONNX: export the model without optimisations for one runtime"
    }
    if !types.isDisjoint(with: ["If", "Loop", "Scan", "SequenceMap"]) {
      return "control flow has to be resolved: export the model by tracing, with fixed sizes, or simplify it"
    }
    if types.contains(where: { $0.contains("Quantize") || $0.hasSuffix("Integer") || $0.hasPrefix("QLinear") }) {
      return "quantised models do not run here: use the float model"
    }
    return "export the model without these operators, for instance without its post-processing"
  }
}
