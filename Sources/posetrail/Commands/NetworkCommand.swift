internal import ArgumentParser

struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract: "Looks at a network, runs it on tensors, or measures its speed.",
    discussion: """
      EXAMPLES
        posetrail network info pose.onnx
        posetrail network run pose.onnx --input x.npy --output y.safetensors
        posetrail network bench pose.onnx --batch 4 --json
      """,
    subcommands: [NetworkInfoCommand.self, NetworkRunCommand.self, NetworkBenchCommand.self])
}
