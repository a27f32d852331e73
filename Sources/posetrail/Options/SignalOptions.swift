internal import ArgumentParser
private import Foundation
internal import Pipeline
internal import Tracking

/// What becomes of keypoints once their people are known.
struct SignalOptions: ParsableArguments {
  @Option(
    defaultAsFlag: .success(Smoothing.standard), parsing: .next,
    help: ArgumentHelp(
      "Take the jitter out of keypoints: METHOD or METHOD:PARAMETER=VALUE,… (default: \(Smoothing.standard.method)). See SMOOTHING.",
      valueName: "method"),
    transform: SignalOptions.smoothing)
  var smooth: Result<Smoothing, ValidationError>? = nil

  @Flag(help: "Put joints right whose left and right are confused for some frames.")
  var mendSides = false

  func adding(to settings: LinkSettings) -> LinkSettings {
    var settings = settings
    settings.smoothing = try? smooth?.get()
    settings.mendsSides = mendSides
    return settings
  }

  func validate() throws { _ = try smooth?.get() }

  /// Throws for what is no method's name, such as the next video, so that the option stands alone there.
  @Sendable private static func smoothing(_ text: String) throws -> Result<Smoothing, ValidationError> {
    do {
      return .success(try Smoothing(text))
    } catch {
      guard text.wholeMatch(of: /[a-z][a-z0-9-]*(:.*)?/) != nil, !FileManager.default.fileExists(atPath: text) else {
        throw ValidationError(error.description)
      }
      return .failure(ValidationError(error.description))
    }
  }

  /// What there is to choose from.
  static var methods: String {
    let rows = SmoothingMethod.all.map { method in
      let parameters = method.parameters.map { parameter in
        "\(parameter.name)=\(parameter.text(parameter.value))\(parameter.unit.isEmpty ? "" : " " + parameter.unit)"
          + ", \(parameter.summary)"
      }
      return (method.name, method.summary, parameters.joined(separator: "; "))
    }
    return "SMOOTHING\n\(HelpTable.text(rows))\n\n"
      + "Times are those of the frames, whose rate may vary. Nothing is smoothed across frames without the person or the joint."
  }
}
