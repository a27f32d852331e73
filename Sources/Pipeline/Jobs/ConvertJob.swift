package import Files
package import Interchange
private import Pose

/// Writes poses in another format, frame by frame.
package struct ConvertJob {
  private let reader: RecordingReader
  private let keypointThreshold: Double

  /// - Parameter keypointThreshold: Keypoints that score less are left out.
  package init(_ reader: RecordingReader, keypointThreshold: Double = 0) {
    (self.reader, self.keypointThreshold) = (reader, keypointThreshold)
  }

  /// - Returns: What of the poses the format has no place for, in words.
  package func run(to target: OutputTarget, _ format: RecordingFormat) throws -> [String] {
    let writer = try format.write(target, reader.header, reader.contents)
    var held: Set<RecordingFormat.Content> = []
    if reader.contents.hasKeypoints { held.insert(.keypoints) }
    if reader.contents.hasIdentities { held.insert(.identities) }
    if !reader.header.names.isEmpty { held.insert(.names) }
    if reader.header.provenance != nil { held.insert(.provenance) }
    var frames = try reader.frames()
    while let frame = try frames.next() {
      if frame.time != nil { held.insert(.times) }
      if frame.people.isEmpty { held.insert(.framesWithoutPeople) }
      if frame.people.contains(where: { $0.pose.appearance != nil }) { held.insert(.appearance) }
      try writer.append(frame.withoutKeypoints(below: keypointThreshold))
    }
    try writer.finish()
    return RecordingFormat.Content.allCases.filter { held.contains($0) && format.lacks.contains($0) }.map(\.rawValue)
  }
}
