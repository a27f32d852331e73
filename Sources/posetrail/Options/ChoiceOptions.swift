internal import ArgumentParser
internal import Pipeline
internal import Pose
internal import Tracking

extension Choice.Spot: ExpressibleByArgument {
  /// `x,y@time`
  package init?(argument: String) {
    let sides = argument.split(separator: "@", omittingEmptySubsequences: false)
    let numbers = (sides.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .compactMap { Double($0) }
    guard sides.count == 2, numbers.count == 2, numbers.allSatisfy(\.isFinite),
      let time = Seconds(argument: String(sides[1]))
    else { return nil }
    self.init(Point(x: numbers[0], y: numbers[1]), time: time.value)
  }
}

/// Who of the people is kept.
struct ChoiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the person who is at this place of the picture at this time, in pixels and in seconds or as h:mm:ss; can be repeated.",
      valueName: "x,y@time"))
  var follow: [Choice.Spot] = []

  @Option(
    help: ArgumentHelp(
      "Keep the n people who take up most of the picture: by the areas of their boxes, added over all frames.",
      valueName: "n"))
  var largest: Int?

  func validate() throws {
    if let largest, largest < 1 { throw ValidationError("--largest must be at least 1.") }
    if largest != nil, !follow.isEmpty {
      throw ValidationError("Choose one of --follow and --largest.")
    }
  }

  var choice: Choice? {
    largest.map { Choice(largest: $0) } ?? (follow.isEmpty ? nil : Choice(follow: follow))
  }
}
