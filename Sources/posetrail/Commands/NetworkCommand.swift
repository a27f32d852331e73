internal import ArgumentParser

struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract: "Looks at a network, runs it on tensors, or measures its speed.",
    subcommands: [NetworkInfoCommand.self, NetworkRunCommand.self, NetworkBenchCommand.self])
}
