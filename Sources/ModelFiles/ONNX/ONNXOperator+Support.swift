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
    var advice: [String] = []
    let foreign = nodes.filter { !$0.isStandard }
    if foreign.contains(where: { $0.domain.hasPrefix("pkg.") || $0.domain.hasPrefix("torch") }) {
      advice.append("inline the functions of the model (onnx.inliner.inline_local_functions)")
    } else if !foreign.isEmpty {
      advice.append(
        "\(foreign.map(\.domain).sorted()[0]) is not standard ONNX: export the model without optimisations or "
          + "operators for one runtime, a quantised one in the QDQ format")
    }
    let types = Set(nodes.filter(\.isStandard).map(\.opType))
    if !types.isDisjoint(with: ["If", "Loop", "Scan", "SequenceMap"]) {
      advice.append("control flow has to be resolved: export the model by tracing, with fixed sizes, or simplify it")
    } else if types.contains(where: { ["GRU", "LSTM", "RNN"].contains($0) }) {
      advice.append("recurrent layers do not run here")
    } else if !types.isEmpty {
      advice.append("export the model without these operators, for instance without its post-processing")
    }
    return advice.joined(separator: "; ")
  }
}
