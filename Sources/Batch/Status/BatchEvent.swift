internal import Files
package import Foundation

/// A line of a worker's status file: something happened to a job.
package struct BatchEvent: Sendable, Codable, Equatable {
  package enum Kind: String, Sendable, Codable {
    case started
    case done
    /// Not done; what was done is kept.
    case interrupted
    case failed
    /// Someone wants it tried again, whatever became of it.
    case retry
  }

  package var event: Kind
  package var job: String
  /// Counts the attempts at the job, on whichever machine, from 1.
  package var attempt: Int
  package var time: Date
  package var host: String
  package var pid: Int32
  package var seconds: Double?
  package var frames: Int?
  package var poses: Int?
  package var people: Int?
  /// Of the process during the job, in bytes.
  package var peakMemory: Int?
  /// How long the journal of an earlier attempt is, in bytes, when a job starts: how far it had come.
  package var journal: Int?
  /// Whether the results were there already, made from the same source with the same options.
  package var doneAlready: Bool?
  package var lostPackets: Int?
  package var patchedFrames: Int?
  /// Why it failed, or what is wrong with the source.
  package var reason: String?
  /// The exit status that `posetrail track` would have had.
  package var code: Int32?
  /// Whether trying again is useless until something is changed.
  package var lasting: Bool?

  package init(_ event: Kind, job: String, attempt: Int) {
    (self.event, self.job, self.attempt, time) = (event, job, attempt, Date())
    (host, pid) = (ProcessIdentity.own.host, ProcessIdentity.own.pid)
  }

  private static let calendar = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// As it stands in the file: sorted keys in snake case, times in UTC.
  var line: String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(date.formatted(Self.calendar))
    }
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// nil for a line that is none, as the last one of a machine that failed.
  init?(line: Substring) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.dateDecodingStrategy = .custom { decoder in
      try Date(decoder.singleValueContainer().decode(String.self), strategy: Self.calendar)
    }
    guard let event = try? decoder.decode(BatchEvent.self, from: Data(line.utf8)) else { return nil }
    self = event
  }
}
