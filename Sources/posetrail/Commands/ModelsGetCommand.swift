internal import ArgumentParser
private import Foundation
private import Models

struct ModelsGetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Brings checkpoints of published models here and checks them.",
    discussion: """
      A cut download goes on where it ended. Proxies are taken from http_proxy, https_proxy and no_proxy. A file with the
      published name that was brought another way can be put into the folder for checkpoints; it is checked then: that its
      tensors are those of the network, and its SHA-256, of which most publications state only the beginning.

      The paths of the files are printed to standard output.

      EXAMPLE
        posetrail models get res50_coco_256x192
      """)

  @Argument(help: "Names from `posetrail models list`.")
  var names: [String]

  @Option(
    help: ArgumentHelp(
      "Address that takes the place of \(ModelDownload.origin).", valueName: "address"))
  var mirror: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  @OptionGroup var storage: StoreOptions

  func run() throws {
    var options = ModelDownload.Options()
    options.mirror = mirror
    let models = try names.map { try Zoo.required($0) }
    for model in models {
      let line = DownloadLine(title: model.name, isQuiet: quiet)
      defer { line.end() }
      let checked = try ModelDownload(into: storage.store, options: options).get(model) { line.show($0, of: $1) }
      line.end()
      if !quiet { Terminal.say("\(model.name): checked: \(checked.summary)") }
      try Terminal.print(data: checked.file.path)
    }
  }
}
