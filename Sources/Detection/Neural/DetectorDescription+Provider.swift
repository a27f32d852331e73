package import Inference
package import Models

extension DetectorDescription {
  /// A detector that is used as this says.
  ///
  /// - Parameters:
  ///   - name: what the detector is called in messages.
  ///   - network: puts a graph on its backend.
  /// - Throws: `DetectionError` where the graph is that of a network that is used in another way.
  package func detector(
    _ graph: Graph, name: String, network: (Graph) -> Network
  ) throws -> any BoxProvider {
    format == RegionDetector.format
      ? try RegionDetector(graph: graph, description: self, name: name, network: network)
      : try NeuralDetector(network: network(graph), description: self, name: name)
  }
}
