internal import ArgumentParser
package import Estimation

extension PoseSuppression.Method: ExpressibleByArgument {}

/// What becomes of poses of a picture that say the same.
struct SuppressionOptions: ParsableArguments {
  @Option(
    help: "Keep the best of poses that are alike, as published evaluations do: by OKS, or softly, which keeps 20.")
  var poseNms: PoseSuppression.Method?

  @Option(
    help: ArgumentHelp("The OKS above which poses are alike, 0 to 1.", valueName: "similarity"))
  var poseNmsThreshold: Double = PoseSuppression().threshold

  func validate() throws {
    if !(0...1).contains(poseNmsThreshold) || poseNmsThreshold == 0 {
      throw ValidationError("--pose-nms-threshold must lie in 0…1.")
    }
  }

  var suppression: PoseSuppression? { poseNms.map { PoseSuppression($0, threshold: poseNmsThreshold) } }
}
