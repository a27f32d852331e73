/// Turns graphs into something that runs. Implementations: reference (plain loops, the specification), OpenBLAS, oneDNN.
public protocol Backend: Sendable {
  /// The name used on the command line.
  var name: String { get }

  /// The library that it computes with, and its version; nil where it needs none.
  var library: String? { get }

  /// Whether results may differ in their last digits with the number of threads.
  var resultsDependOnThreads: Bool { get }

  /// Prepares `graph`, which has been through the passes, for inputs of exactly `inputShapes` (in the order of
  /// `graph.inputs`).
  func compile(_ graph: Graph, inputShapes: [[Int]], options: CompileOptions) throws -> any CompiledNetwork
}

extension Backend {
  public var library: String? { nil }
}

/// A network ready to run for fixed input shapes. Owns its arena, so only one `run` at a time.
public protocol CompiledNetwork: AnyObject {
  /// Inputs in the order of `Graph.inputs`, results in the order of `Graph.outputs`.
  func run(_ inputs: [Tensor]) throws -> [Tensor]
}

public struct CompileOptions: Sendable {
  public enum Precision: String, Sendable, Codable, CaseIterable {
    /// Numbers are float32. Convolutions may round more than a plain sum of products does, by up to a few millionths of the
    /// largest result: Winograd's, and those that put each number together of two bfloat16.
    case f32
    case bf16
  }

  public var threads: Int
  public var precision: Precision

  public init(threads: Int, precision: Precision = .f32) {
    self.threads = threads
    self.precision = precision
  }
}
