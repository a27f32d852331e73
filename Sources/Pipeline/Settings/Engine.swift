public import Inference

/// What computes the networks of a run.
public struct Engine: Sendable {
  /// As users call the backend.
  public var name: String
  public var backend: any Backend
  public var options: CompileOptions

  public init(name: String, backend: any Backend, options: CompileOptions) {
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
