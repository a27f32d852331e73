package import Inference

/// Times a network on random inputs.
package struct NetworkBenchmark {
  package struct Result: Sendable {
    /// Milliseconds per item of the batch.
    package var median: Double
    package var minimum: Double
    /// At the median, counting a multiply-add as two operations.
    package var gigaflopsPerSecond: Double
    package var runs: Int
    /// Seconds until the first result, compiling included.
    package var compile: Double
  }

  private let graph: Graph
  private let network: Network
  private let inputs: [Tensor]

  package init(graph: Graph, inputShapes: [[Int]], backend: any Backend, options: CompileOptions) throws {
    self.graph = graph
    network = Network(graph, backend: backend, options: options)
    var generator = SplitMix(state: 1)
    inputs = try inputShapes.map { shape in
      try Tensor(shape: shape) { floats in
        for index in floats.indices { floats[index] = Float.random(in: -2...2, using: &generator) }
      }
    }
  }

  package func run(for duration: Duration) throws -> Result {
    let clock = ContinuousClock()
    let compile = try clock.measure { _ = try network.run(inputs) }
    for _ in 0..<2 { _ = try network.run(inputs) }
    var times: [Duration] = []
    let start = clock.now
    while times.count < 3 || clock.now - start < duration {
      times.append(try clock.measure { _ = try network.run(inputs) })
    }
    times.sort()
    let batch = Double(max(1, inputs.first?.shape.first ?? 1))
    let median = times[times.count / 2] / .milliseconds(1) / batch
    let cost = try GraphStatistics(graph, inputShapes: inputs.map(\.shape)).floatingPointOperations
    return Result(
      median: median, minimum: times[0] / .milliseconds(1) / batch,
      gigaflopsPerSecond: Double(cost) / batch / median / 1e6, runs: times.count, compile: compile / .seconds(1))
  }
}

/// Numbers that are the same in every run (Steele et al., SplitMix, 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
