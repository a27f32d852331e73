private import Architectures
private import ArgumentParser
private import Detection
private import Estimation
internal import Files
private import Inference
private import Interchange
private import ModelFiles
private import Models
private import Pipeline
internal import Video

/// The exit statuses of the command, as its help states them.
enum ExitStatus: Int32, Error {
  case done = 0
  case failed = 1
  case unusable = 2
  case partial = 3
  case interrupted = 130

  /// Errors of what was given, rather than of doing the work.
  init(of error: any Error) {
    switch error {
    case is ArchitectureError, is ModelFileError, is ValidationError: self = .unusable
    case let error as DetectionError: self = error.code == .failed ? .failed : .unusable
    case let error as EstimationError: self = error.code == .failed ? .failed : .unusable
    case let error as InferenceError: self = error.code == .backend ? .failed : .unusable
    case let error as FileError: self = [.unwritable, .busy].contains(error.code) ? .failed : .unusable
    case let error as ModelError: self = error.code == .failed ? .failed : .unusable
    case let error as PipelineError: self = error.code == .failed ? .failed : .unusable
    case let error as VideoError where error.code == .interrupted: self = .interrupted
    case let error as VideoError: self = error.code.isOfOutput ? .failed : .unusable
    default: self = .failed
    }
  }

  /// - Parameter accepts: Whether what could not be decoded is no reason to call a run less than done.
  init(interrupted: Bool, damage: DecodeDamage, accepts: Bool) {
    self = interrupted ? .interrupted : damage.isEmpty || accepts ? .done : .partial
  }

  /// Whether the same work may go well another time although nothing is changed about it: files that are out of reach come back,
  /// disks get room. What is wrong with a file or an option stays.
  static func mayPass(_ error: any Error) -> Bool {
    switch error {
    case let error as FileError where error.code == .unreadable: true
    case let error as VideoError where [.missing, .unreadable].contains(error.code): true
    default: ExitStatus(of: error) == .failed
    }
  }

  func throwUnlessDone() throws {
    if self != .done { throw self }
  }

  /// The status of a run over several inputs: an interruption wins, then failures by how bad they are.
  static func combined(_ runs: (outcomes: [ExitStatus], isInterrupted: Bool)) -> ExitStatus {
    let order: [ExitStatus] = [.interrupted, .failed, .unusable, .partial]
    return runs.isInterrupted ? .interrupted : order.first(where: runs.outcomes.contains) ?? .done
  }
}

extension VideoError.Code {
  /// Whether the fault lies with writing, or with this machine.
  fileprivate var isOfOutput: Bool {
    switch self {
    case .unwritable, .noSpace, .encodingFailed, .outOfMemory, .pictureMismatch: true
    default: false
    }
  }
}
