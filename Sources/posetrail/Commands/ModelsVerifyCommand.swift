internal import ArgumentParser
private import Foundation
private import Models

struct ModelsVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Reads a checkpoint fully and says what it holds.",
    discussion: """
      Exit status 2 where the file is damaged, holds values that are no numbers, or is of no known network.

      EXAMPLE
        posetrail models verify res50_coco_256x192-ec54d7f3_20200709.pth
      """)

  @Argument(help: "A .pth or .safetensors file.")
  var file: String

  func run() throws {
    let report = try CheckpointReport(URL(filePath: file))
    let size = String(format: "%.1f MB", Double(report.byteCount) / 1e6)
    try Terminal.print(
      "\(file): \(report.format), \(report.tensorCount) tensors, \(report.elementCount) numbers, \(size)")
    if let published = report.published {
      try Terminal.print("published as \(published.model.name): \(published.summary)")
    }
    for network in report.networks { try Terminal.print("network: \(network)") }
    if !report.tensorsWithoutNumbers.isEmpty {
      let names = report.tensorsWithoutNumbers.prefix(10).joined(separator: ", ")
      throw ModelError(
        .unusable, "\(file): \(report.tensorsWithoutNumbers.count) tensors hold values that are no numbers (\(names))")
    }
    if report.networks.isEmpty {
      throw ModelError(
        .unusable,
        "\(file): the tensors are those of no published network; a description (.json) with \"architecture\" and \"checkpoint\" can name one"
      )
    }
  }
}
