internal import ArgumentParser
private import Foundation
private import Models

struct ModelsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the published models that the program knows by name.",
    discussion: """
      EXAMPLE
        posetrail models list --data-set coco-wholebody
      """)

  @Option(help: ArgumentHelp("Only models of one data set, such as coco or coco-wholebody.", valueName: "name"))
  var dataSet: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var storage: StoreOptions

  func run() throws {
    let models = Zoo.all.filter { dataSet == nil || $0.dataSet == dataSet }
    guard !models.isEmpty else {
      let known = Set(Zoo.all.map(\.dataSet)).sorted().joined(separator: ", ")
      throw ValidationError("\(dataSet ?? ""): no model is of this data set; known are \(known)")
    }
    if json {
      try Terminal.print(data: ModelText.json(models, in: storage.store))
      return
    }
    let width = models.map(\.name.count).max() ?? 0
    let networkWidth = models.map(\.network.count).max() ?? 0
    let dataSetWidth = models.map(\.dataSet.count).max() ?? 0
    for (index, model) in models.enumerated() {
      if model is ZooDetector, index == 0 || !(models[index - 1] is ZooDetector) {
        try Terminal.print(index == 0 ? "Person detectors, for --detector:" : "\nPerson detectors, for --detector:")
      }
      let name = model.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let network = model.network.padding(toLength: networkWidth, withPad: " ", startingAt: 0)
      let dataSet = model.dataSet.padding(toLength: dataSetWidth, withPad: " ", startingAt: 0)
      let here = storage.store.contains(model) ? "  here" : ""
      try Terminal.print("\(name)  \(network)  \(dataSet)  \(ModelText.headline(model))\(here)")
    }
  }
}
