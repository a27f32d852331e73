package import Files
package import Interchange
private import Pose

/// Writes poses in another format, frame by frame.
package struct ConvertJob {
  private let reader: RecordingReader
  private let keypointThreshold: Double
  private let person: Int?

  /// - Parameters:
  ///   - keypointThreshold: Keypoints that score less are left out.
  ///   - person: The track to take alone; nil for all.
  package init(_ reader: RecordingReader, keypointThreshold: Double = 0, person: Int? = nil) {
    (self.reader, self.keypointThreshold, self.person) = (reader, keypointThreshold, person)
  }

  /// - Returns: What of the poses the format has no place for and what else was done with them, in words.
  package func run(
    to target: OutputTarget, _ format: RecordingFormat, _ options: WritingOptions = WritingOptions()
  ) throws -> [String] {
    let writer = try format.write(target, reader.header, reader.contents, options)
    var held: Set<RecordingFormat.Content> = []
    if reader.contents.hasPeople { held.formUnion([.boxes, .personScores]) }
    if reader.contents.hasKeypoints { held.formUnion([.keypoints, .keypointScores]) }
    if reader.contents.hasIdentities { held.insert(.identities) }
    if !reader.header.names.isEmpty { held.insert(.names) }
    if reader.header.provenance != nil { held.insert(.provenance) }
    var frames = try reader.frames()
    var isFound = false
    while var frame = try frames.next() {
      if let person { frame.people.removeAll { $0.trackID != person } }
      isFound = isFound || !frame.people.isEmpty
      if frame.time != nil { held.insert(.times) }
      if frame.people.isEmpty { held.insert(.framesWithoutPeople) }
      if frame.people.contains(where: { $0.pose.appearance != nil }) { held.insert(.appearance) }
      try writer.append(frame.withoutKeypoints(below: keypointThreshold))
    }
    if let person, !isFound {
      throw PipelineError(.unusable, "--person \(person): the poses have no track \(person)")
    }
    try writer.finish()
    let lost = RecordingFormat.Content.allCases.filter { held.contains($0) && format.lacks.contains($0) }
    let words = lost.map(\.rawValue).joined(separator: ", ")
    return (lost.isEmpty ? [] : ["\(format.name) has no place for \(words)"]) + writer.notes
  }
}
