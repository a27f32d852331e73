internal import ArgumentParser
internal import Batch
private import Files
private import Foundation
private import Inference
private import Interchange
private import Models
internal import Pipeline
private import Video

/// Does jobs of a batch as `track` would do them, with networks that are loaded once.
final class JobRunner {
  private var lines: [[String]: AnalysisLine] = [:]
  private var parsed: [[String]: TrackOptions] = [:]
  private let report: ReportOptions
  private let count: Int
  private let isAlone: Bool

  /// - Parameter isAlone: Whether nobody else draws on the same terminal.
  init(_ report: ReportOptions, of count: Int, isAlone: Bool) {
    (self.report, self.count, self.isAlone) = (report, count, isAlone)
  }

  static func outputs(_ job: BatchJob) -> TrackOutputs { outputs(job, job.output) }

  private static func outputs(_ job: BatchJob, _ output: String) -> TrackOutputs {
    let place = URL(filePath: output)
    return TrackOutputs(
      folder: place.deletingLastPathComponent(), stem: place.lastPathComponent,
      isPhoto: VideoReader.isPhoto(URL(filePath: job.input)))
  }

  func hasResults(_ job: BatchJob) -> Bool {
    // A journal that another version of the program has left is none.
    if job.frameRange != nil { return (try? JournalReader(Self.outputs(job).journal)) ?? nil != nil }
    guard let options = try? options(of: job) else { return false }
    return Self.outputs(job).exist(withVideo: options.overlay)
  }

  func run(_ job: BatchJob, number: Int, _ interruption: Interruption) -> JobOutcome {
    let isShown = isAlone || report.progress == .json
    let progress = isShown ? report.display(job.name, number: number, of: count) : nil
    defer { progress?.clear() }
    do {
      let (options, line) = (try options(of: job), try line(of: job))
      let outputs = Self.outputs(job)
      try ResultFolder.make(outputs.poses.deletingLastPathComponent())
      var settings = options.settings
      settings.resumes = true
      settings.restarts = true
      settings.keepsPartialResults = false
      settings.sourceSHA256 = job.sha256
      settings.parts = job.parts.map { Self.outputs(job, $0).journal }
      let track = TrackJob(source: URL(filePath: job.input), outputs: outputs, settings: settings, line: line)
      let summary =
        if let part = job.frameRange {
          try track.findPeople(in: part, interruption: interruption) { progress?.show($0) }
        } else {
          try track.run(interruption: interruption) { progress?.show($0) }
        }
      progress?.clear()
      SummaryText.sayWhatHappened(to: job.input, warnings: summary.warnings, damage: summary.damage)
      return .ended(summary)
    } catch {
      if interruption.isRequested, ExitStatus(of: error) == .interrupted {
        var summary = TrackSummary()
        summary.isInterrupted = true
        return .ended(summary)
      }
      return Self.failure(error, of: job)
    }
  }

  /// Whether damage is no reason for another exit status than 0.
  func acceptsDamage(_ job: BatchJob) -> Bool {
    (try? options(of: job))?.input.damage.acceptDamage == true
  }

  private func options(of job: BatchJob) throws -> TrackOptions {
    if let known = parsed[job.options] { return known }
    let options = try TrackOptions.parse(job.options)
    parsed[job.options] = options
    return options
  }

  /// The networks of a job, of which more than a few at a time are not kept.
  private func line(of job: BatchJob) throws -> AnalysisLine {
    if let known = lines[job.options] { return known }
    let line = try options(of: job).line()
    if lines.count >= 3 { lines = [:] }
    lines[job.options] = line
    return line
  }

  /// People and programs read the reason beside the name of the video, which errors about the video begin with.
  private static func failure(_ error: any Error, of job: BatchJob) -> JobOutcome {
    if Posetrail.exitCode(for: error) == .validationFailure {
      return .failed(
        reason: "its options can't be used: \(TrackOptions.message(for: error))", code: ExitStatus.unusable.rawValue,
        lasting: true)
    }
    let (words, name) = (Terminal.describe(error), URL(filePath: job.input).relativePath + ": ")
    return .failed(
      reason: words.hasPrefix(name) ? String(words.dropFirst(name.count)) : words, code: ExitStatus(of: error).rawValue,
      lasting: !ExitStatus.mayPass(error))
  }
}
