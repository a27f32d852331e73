/// One rewriting of a graph that leaves its results as they are, up to rounding.
protocol GraphPass {
  func run(_ editor: inout GraphEditor) throws
}

extension Graph {
  /// The graph after every pass that holds for all input shapes: done once, when a network is loaded, so that what is
  /// compiled for different shapes shares the weights.
  public func optimised() throws -> Graph {
    var editor = GraphEditor(try validated())
    let passes: [any GraphPass] = [
      ConstantFolding(), IdentityRemoval(), QuantizationFolding(), TransposeFolding(), ActivationRecognition(),
      ScalarChainFolding(),
      PaddingFolding(), BatchNormalizationFolding(), ChannelFolding(), ActivationFusion(),
    ]
    for pass in passes {
      try pass.run(&editor)
      editor.clean()
    }
    return editor.graph
  }

  /// Specialised, and fused where that takes knowing the shapes: what a backend compiles.
  public func prepared(inputShapes: [[Int]]) throws -> SpecialisedGraph {
    let specialised = try specialised(inputShapes: inputShapes)
    var editor = GraphEditor(specialised.graph, types: specialised.types)
    let passes: [any GraphPass] = [IdentityRemoval(), PhaseFolding(), ResidualFusion(), ActivationFusion()]
    for pass in passes {
      try pass.run(&editor)
      editor.clean()
    }
    return SpecialisedGraph(graph: editor.graph, types: editor.types)
  }
}
