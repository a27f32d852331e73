internal import ArgumentParser

struct Posetrail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posetrail",
    abstract: "Turns video into tracked human poses.",
    discussion: """
      EXAMPLES
        posetrail track clip.mp4 -o results
        posetrail track camera1.mp4 camera2.mp4 -o results --color-by track
        posetrail track clip.mp4 -o results --model my-network.onnx
        posetrail render clip.mp4 clip.posetrack.json -o out.mp4 --blur-faces

      EXIT STATUS
        0    done
        1    failed
        2    bad usage or unusable input
        3    finished, but part of the input could not be decoded
        130  interrupted; what was done is kept, go on with --resume
      """,
    version: version,
    subcommands: [
      TrackCommand.self, DetectCommand.self, EstimateCommand.self, LinkCommand.self, TracksCommand.self,
      RenderCommand.self, BatchCommand.self, ConvertCommand.self, EvaluateCommand.self, ReproduceCommand.self,
      ModelsCommand.self, NetworkCommand.self,
    ])

  static let version = "0.1.0"
}
