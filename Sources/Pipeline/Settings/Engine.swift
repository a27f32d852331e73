package import Inference

/// What computes the networks of a run.
package struct Engine: Sendable {
  /// As users call the backend.
  package var name: String
  package var backend: any Backend
  package var options: CompileOptions

  package init(name: String, backend: any Backend, options: CompileOptions) {
    self.name = name
    self.backend = backend
    self.options = options
  }

  func network(_ graph: Graph) -> Network {
    Network(graph, backend: backend, options: options)
  }

  var settings: EngineSettings {
    EngineSettings(
      backend: name, precision: options.precision, threads: backend.resultsDependOnThreads ? options.threads : nil)
  }
}
