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
    HelpTable.text(all.map { ($0.name, $0.summary, $0.inputs) })
  }
}

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compares predictions with ground truth by a published protocol.",
    discussion: """
      PROTOCOLS
      \(EvaluationProtocol.help)

      EXAMPLES
        posetrail evaluate posetrack --ground-truth val --predictions results
        posetrail evaluate coco --ground-truth val.json --predictions out.json
      """)

  @Argument(help: "The protocol.")
  var `protocol`: EvaluationProtocol

  @Option(help: ArgumentHelp("The labels.", valueName: "file"))
  var groundTruth: String

  @Option(help: ArgumentHelp("What was predicted.", valueName: "file"))
  var predictions: String

  @Option(help: ArgumentHelp("Write the figures, with all digits, to this file as well.", valueName: "file"))
  var json: String?

  @Flag(help: "Replace the file of the figures if it exists.")
  var force = false

  func run() throws {
    guard let json else { return try Terminal.print(evaluate().text) }
    let destination = URL(filePath: json)
    try OutputWork.run(OutputClaim([destination], overwrites: force)) {
      let table = try evaluate()
      try OutputFile.write(Data(table.json.utf8), to: destination, overwrites: force)
      try Terminal.print(table.text)
    }
  }

  private func evaluate() throws -> MetricTable {
    try `protocol`.evaluate(URL(filePath: groundTruth), URL(filePath: predictions))
  }
}
