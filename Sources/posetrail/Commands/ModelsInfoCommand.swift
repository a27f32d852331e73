internal import ArgumentParser
private import Foundation
private import Models

struct ModelsInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Shows what is known about a published model.",
    discussion: """
      EXAMPLE
        posetrail models info res50_coco_256x192
      """)

  @Argument(help: "A name from `posetrail models list`.")
  var name: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var storage: StoreOptions

  func run() throws {
    let model = try Zoo.required(name)
    if json {
      try Terminal.print(data: ModelText.json([model], in: storage.store))
      return
    }
    let file = storage.store.file(of: model)
    try Terminal.print(
      """
      \(model.name)
        network     \(model.network)
      \(use(of: model))
        published   \(model.figures.map { "\($0.name) \($0.value)" }.joined(separator: ", "))
        checkpoint  \(model.checkpoint.absoluteString)
        sha-256     \(model.sha256 ?? "begins with \(model.hash)")
        file        \(file.path)\(storage.store.contains(model) ? "" : " (not here; posetrail models get \(model.name))")
      """)
  }

  private func use(of model: any PublishedModel) -> String {
    if case .detector(let description) = model.use {
      return """
          data set    \(model.dataSet), person is class \(description.personClass) of \(description.classCount)
          input       \(ModelText.input(of: model.use))
          format      \(description.format)
        """
    }
    return """
        data set    \(model.dataSet), keypoints \(model.use.keypointSet ?? "")
        input       \(ModelText.input(of: model.use))
        codec       \(ModelText.codec(of: model.use))
      """
  }
}
