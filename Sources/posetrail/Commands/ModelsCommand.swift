internal import ArgumentParser
internal import Foundation
internal import Models

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Lists published pose networks and detectors, brings and checks their checkpoints.",
    discussion: """
      EXAMPLES
        posetrail models list --data-set coco-wholebody
        posetrail models get res50_coco_256x192
        posetrail track clip.mp4 -o results --model res50_coco_256x192
      """,
    subcommands: [ModelsListCommand.self, ModelsInfoCommand.self, ModelsGetCommand.self, ModelsVerifyCommand.self])
}

struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where checkpoints are kept (default: posetrail/models in the folder for caches).", valueName: "folder"))
  var directory: String?

  var store: ModelStore {
    directory.map { ModelStore(folder: URL(filePath: $0)) } ?? .standard()
  }
}

extension Zoo {
  /// The model of that name. Throws with names that may have been meant.
  static func required(_ name: String) throws -> any PublishedModel {
    if let model = published(named: name) { return model }
    let suggestions = suggestions(for: name).prefix(3).joined(separator: ", ")
    throw ValidationError(
      "\(name): no published model has this name; "
        + (suggestions.isEmpty ? "`posetrail models list` names them all" : "did you mean \(suggestions)?"))
  }
}
