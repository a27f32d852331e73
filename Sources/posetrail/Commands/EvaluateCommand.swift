internal import ArgumentParser
internal import Evaluation
private import Files
private import Foundation

extension EvaluationProtocol: ExpressibleByArgument {
  public init?(argument: String) {
    guard let found = Self.named(argument) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { all.map(\.name) }

  /// All with what they measure and compare.
  static var help: String {
    HelpTable.text(
      all.map { item in
        let more = [item.videoColumns.map { _ in "--per-video" }, item.plot.map { "--plot: \($0)" }].compactMap(\.self)
        return (item.name, item.summary, ([item.inputs] + more).joined(separator: "; "))
      })
  }
}

struct EvaluateCommand: FileCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compares predictions with ground truth by a published protocol.",
    discussion: """
      PROTOCOLS
      \(EvaluationProtocol.help)

      EXAMPLES
        posetrail evaluate posetrack18 --ground-truth val --predictions results
        posetrail evaluate coco --ground-truth val.json --predictions out.json
        posetrail evaluate mot --ground-truth gt --predictions out --per-video
      """)

  @Argument(help: "The protocol.")
  var `protocol`: EvaluationProtocol

  @Option(help: ArgumentHelp("The labels.", valueName: "file"))
  var groundTruth: String

  @Option(help: ArgumentHelp("What was predicted.", valueName: "file"))
  var predictions: String

  @Flag(help: "Give the figures of each video, too.")
  var perVideo = false

  @Option(help: ArgumentHelp("Write the figures, with all digits, to this file as well.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Draw a picture, an .svg file.", valueName: "file"))
  var plot: String?

  @Flag(help: "Replace the files of the figures and of the picture if they exist.")
  var force = false

  func validate() throws {
    if perVideo, `protocol`.videoColumns == nil {
      throw ValidationError("--per-video: \(`protocol`.name) knows no videos.")
    }
    if let plot {
      guard `protocol`.plot != nil else { throw ValidationError("--plot: nothing can be drawn of \(`protocol`.name).") }
      guard plot.lowercased().hasSuffix(".svg") else { throw ValidationError("--plot must name an .svg file.") }
    }
  }

  func run() throws {
    let outputs = [json, plot].compactMap { $0.map { URL(filePath: $0) } }
    guard !outputs.isEmpty else { return try show(evaluate()) }
    try OutputWork.run(OutputClaim(outputs, overwrites: force)) {
      let report = try evaluate()
      if let json { try write(report.json(perVideo: perVideo), to: json) }
      if let plot, let picture = report.plot { try write(picture, to: plot) }
      try show(report)
    }
  }

  private func write(_ text: String, to place: String) throws {
    try OutputFile.write(Data(text.utf8), to: URL(filePath: place), overwrites: force)
  }

  private func show(_ report: EvaluationReport) throws {
    try Terminal.print(report.text(perVideo: perVideo ? `protocol`.videoColumns : nil))
  }

  private func evaluate() throws -> EvaluationReport {
    var input = EvaluationInput(groundTruth: URL(filePath: groundTruth), predictions: URL(filePath: predictions))
    (input.wantsPlot, input.wantsVideos) = (plot != nil, perVideo)
    return try `protocol`.evaluate(input)
  }
}
