internal import ArgumentParser
private import Files
private import Foundation
private import Pipeline

struct TracksCommand: FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "tracks",
    abstract: "Lists the people of a recording and the moments worth a look; keeps edits.",
    discussion: """
      EXAMPLES
        posetrail tracks clip.posetrack.json
        posetrail tracks clip.posetrack.json --merge 3,7 --rename 3=anna
        posetrail tracks clip.posetrack.json --swap 3:7@412 --delete 5
        posetrail link clip.posetrack.json -o b.posetrack.json --edits clip.edits.json

      Edits go to NAME.edits.json beside the poses, below those that are there. Ids and frames are always those of the very \
      poses that are listed; `link --edits` makes new poses of them. The moments are guesses, the worst first, each with the \
      edit that would mend it: look before you believe.
      """)

  @Argument(help: "The poses, or boxes with identities.")
  var poses: String

  @Option(help: ArgumentHelp("The file of edits (default: beside the poses).", valueName: "file"))
  var edits: String?

  @Option(help: ArgumentHelp("List so many moments.", valueName: "count"))
  var moments = 20

  @Flag(help: "Print tracks and moments, all of them, as JSON.")
  var json = false

  @OptionGroup var file: PoseFileOptions
  @OptionGroup(title: "Edits") var requests: EditOptions

  func validate() throws {
    if moments < 0 { throw ValidationError("--moments must be 0 or more.") }
    if json, !requests.all.isEmpty { throw ValidationError("--json goes with a list, not with edits.") }
    if edits != nil, requests.all.isEmpty { throw ValidationError("--edits goes with edits: --merge and the like.") }
    if edits == nil, poses == "-", !requests.all.isEmpty {
      throw ValidationError("Name the file of edits with --edits: standard input has no place beside it.")
    }
  }

  func run() throws {
    let survey = try TrackSurvey(file.open(poses))
    if requests.all.isEmpty {
      try list(survey)
    } else {
      try edit(survey)
    }
  }

  private func list(_ survey: TrackSurvey) throws {
    let (tracks, moments) = (TrackReport.all(survey), Moment.all(survey))
    if json { return try Terminal.print(data: TracksText.json(tracks, moments)) }
    try Terminal.print(TracksText.plain(tracks, moments, atMost: self.moments))
  }

  private func edit(_ survey: TrackSurvey) throws {
    let url = edits.map { URL(filePath: $0) } ?? Self.file(beside: URL(filePath: poses))
    var all = Edits(fingerprint: survey.fingerprint)
    if FileManager.default.fileExists(atPath: url.path) {
      all = try Edits(url)
      try all.check(survey, file: url.relativePath)
    }
    for request in requests.all { all.list.append(try request.edit(on: survey)) }
    try all.check(survey)
    let claim = try OutputClaim([url], overwrites: true)
    defer { claim.release() }
    try all.write(to: url)
    Terminal.say(
      "\(url.relativePath): \(SummaryText.count(all.list.count, "edit")); apply them with `posetrail link \(poses) --edits "
        + "\(url.relativePath) -o …`")
  }

  /// `clip.posetrack.json` has `clip.edits.json`.
  private static func file(beside poses: URL) -> URL {
    let name = poses.lastPathComponent.split(separator: ".").first.map(String.init) ?? "poses"
    return poses.deletingLastPathComponent().appending(path: "\(name).edits.json")
  }
}
