internal import ArgumentParser
internal import Pipeline
private import Tracking

/// Everything that decides what `track` makes of a video.
struct TrackOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Make the annotated video.")
  var overlay = true

  @OptionGroup(title: "Input") var input: InputOptions
  @OptionGroup(title: "Boxes") var boxes: BoxOptions
  @OptionGroup(title: "Poses") var pose: PoseModelOptions
  @OptionGroup(title: "Identities") var tracking: TrackingOptions
  @OptionGroup(title: "Choice") var choice: ChoiceOptions
  @OptionGroup(title: "Signals") var signals: SignalOptions
  @OptionGroup(title: "Drawing") var drawing: DrawingOptions
  @OptionGroup(title: "Encoding") var encoding: EncodingOptions
  @OptionGroup(title: "Engine") var engine: EngineOptions

  /// Without what is to become of results that are there.
  var settings: TrackSettings {
    var settings = TrackSettings()
    settings.input = input.readerOptions
    settings.linking = signals.adding(to: tracking.settings)
    settings.linking.choice = choice.choice
    settings.overlay = overlay ? encoding.overlaySettings(drawing) : nil
    return settings
  }

  func validate() throws {
    if tracking.tracker == .flow, boxes.detectEvery > 1 {
      throw ValidationError("--tracker flow asks the detector in every frame; leave out --detect-every.")
    }
  }

  /// Loads the networks.
  func line() throws -> AnalysisLine { try AnalysisLine(boxes, pose, engine, flow: tracking.flowSettings) }
}
