package import Files
package import Foundation

/// The jobs of a batch, in a file of JSON Lines: a job a line.
package struct Manifest: Sendable {
  package let file: URL
  package let jobs: [BatchJob]
  private let byOutput: [String: BatchJob]
  /// The outputs of the jobs that put parts together, by those of the parts.
  private let wholes: [String: String]

  /// Reads and checks a manifest.
  package init(_ file: URL) throws(FileError) {
    self.file = file
    let text = try InputText(file)
    do throws(FileError) {
      jobs = try text.read { () throws(FileError) in try Self.jobs(text) }
      byOutput = Dictionary(uniqueKeysWithValues: jobs.map { ($0.output, $0) })
      wholes = Dictionary(jobs.flatMap { job in job.parts.map { ($0, job.output) } }) { first, _ in first }
      for (index, job) in jobs.enumerated() { try checkParts(of: job, number: index + 1) }
    } catch {
      throw error.in(file.relativePath)
    }
  }

  /// Writes the jobs of a new batch.
  package static func write(_ jobs: [BatchJob], to file: URL, overwrites: Bool) throws(FileError) {
    let output = try OutputFile(for: file, overwrites: overwrites)
    for job in jobs { try output.write(job.line + "\n") }
    try output.finish()
  }

  /// The jobs that find the poses of a video in parts; none for most.
  package func parts(of job: BatchJob) -> [BatchJob] { job.parts.compactMap { byOutput[$0] } }

  /// The job that puts a part together with others; nil for what is no part.
  package func whole(of part: BatchJob) -> BatchJob? { wholes[part.output].flatMap { byOutput[$0] } }

  private func checkParts(of job: BatchJob, number: Int) throws(FileError) {
    var end = 0
    for name in job.parts {
      guard let part = byOutput[name], let range = part.frameRange, range.lowerBound == end,
        (part.sha256, part.options) == (job.sha256, job.options)
      else {
        throw FileError(
          .invalid, place: "job \(number).parts",
          problem: "\(name) is not the output of the part from frame \(end) on of the same video with the same options",
          remedy: "keep the parts of a video and what puts them together in one manifest, or plan again")
      }
      end = range.upperBound
    }
  }

  /// Where workers keep what they have done and who does what: beside the manifest.
  package var state: BatchFolder { BatchFolder(URL(filePath: file.path(percentEncoded: false) + ".state")) }

  private static func jobs(_ text: InputText) throws(FileError) -> [BatchJob] {
    var lines = try LineReader(text)
    var (jobs, outputs): ([BatchJob], [String: Int]) = ([], [:])
    var number = 0
    while let line = try lines.next() {
      number += 1
      if line.allSatisfy(\.isWhitespace) { continue }
      do throws(FileError) {
        let job = try BatchJob(try JSONParser.parse(Array(line.utf8)))
        // Two jobs of one place would replace each other's results.
        if let other = outputs.updateValue(number, forKey: job.output) {
          throw FileError(
            .invalid, place: "output", problem: "\(job.output) is that of line \(other), too",
            remedy: "give every job an output of its own")
        }
        jobs.append(job)
      } catch {
        throw error.under("line \(number)")
      }
    }
    guard !jobs.isEmpty else {
      throw FileError(.invalid, problem: "has no jobs", remedy: "make it with `posetrail batch plan`")
    }
    return jobs
  }
}

/// The folder beside a manifest that its workers share.
package struct BatchFolder: Sendable {
  package let url: URL

  init(_ url: URL) { self.url = url }

  var status: URL { url.appending(path: "status", directoryHint: .isDirectory) }

  func lease(of job: BatchJob) -> URL {
    url.appending(path: "leases", directoryHint: .isDirectory).appending(path: job.id, directoryHint: .isDirectory)
  }
}
