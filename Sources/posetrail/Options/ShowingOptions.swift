internal import ArgumentParser
internal import Pipeline

/// Identities, separated by commas.
struct IdentityList: ExpressibleByArgument {
  var ids: Set<Int>

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.allSatisfy({ $0 ?? -1 >= 0 }) else { return nil }
    ids = Set(numbers.compactMap(\.self))
  }
}

/// Who is drawn and who is hidden.
struct ShowingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make these people unrecognisable, such as 3 or 3,5. See HIDING PEOPLE.", valueName: "ids"))
  var blur: IdentityList?

  @Option(help: ArgumentHelp("Make everyone unrecognisable but these people.", valueName: "ids"))
  var blurExcept: IdentityList?

  @Option(
    help: ArgumentHelp(
      "Draw these people only; the others stay in the picture as they are.", valueName: "ids"))
  var only: IdentityList?

  func validate() throws {
    if blur != nil, blurExcept != nil {
      throw ValidationError("Choose one of --blur and --blur-except.")
    }
  }

  var showing: Showing {
    var showing = Showing()
    showing.blur = blur.map { .these($0.ids) } ?? blurExcept.map { .allBut($0.ids) } ?? .nobody
    showing.only = only?.ids
    return showing
  }

  static let hiding = """
    HIDING PEOPLE
      --blur and --blur-except replace a person's box, with a margin, by the averages of five by five fields. It stays \
    covered while the person is out of sight for up to two seconds, and for a second before the first and after the last \
    sighting. Whom the poses do not hold, because nobody was found or the identity was another's for a while, is not \
    hidden; nor are shadows, mirrors, voices, and what clothes, places and gait tell. Look at the result before you give it \
    away.
    """
}
