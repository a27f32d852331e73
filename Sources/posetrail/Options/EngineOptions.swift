public import ArgumentParser
public import Inference
private import OpenBLASBackend

#if OneDNN
private import OneDNNBackend
#endif

enum BackendName: String, CaseIterable, ExpressibleByArgument {
  case reference
  case openblas
  #if OneDNN
  case onednn
  #endif

  static var fastest: BackendName {
    #if OneDNN
    .onednn
    #else
    .openblas
    #endif
  }

  /// - Throws: `InferenceError` where a library that it needs is not installed.
  var backend: any Backend {
    get throws {
      switch self {
      case .reference: ReferenceBackend()
      case .openblas: try OpenBLASBackend()
      #if OneDNN
      case .onednn: OneDNNBackend()
      #endif
      }
    }
  }
}

extension CompileOptions.Precision: ExpressibleByArgument {}

struct EngineOptions: ParsableArguments {
  @Option(help: "What computes the networks.")
  var backend: BackendName = .fastest

  @Option(help: "Number format of the networks: bf16 is faster where the processor has it.")
  var precision: CompileOptions.Precision = .f32

  @Option(
    help: ArgumentHelp(
      "Threads for the networks (default: all processors it may use, or SLURM_CPUS_PER_TASK).", valueName: "count"))
  var threads: Int?

  var compileOptions: CompileOptions {
    CompileOptions(threads: threads ?? ProcessorCount.available, precision: precision)
  }

  func validate() throws {
    if let threads, threads < 1 || threads > 1024 { throw ValidationError("--threads must be 1 to 1024.") }
  }
}
