internal import ArgumentParser
internal import Pipeline

/// Identities or the names they have, separated by commas.
struct IdentityList: ExpressibleByArgument {
  private var people: [String]

  init?(argument: String) {
    people = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !people.contains("") else { return nil }
  }

  /// Throws where a name is nobody's.
  func ids(_ names: [Int: String]) throws -> Set<Int> {
    try people.reduce(into: Set<Int>()) { ids, person in
      if let id = Int(person), id >= 0 {
        ids.insert(id)
      } else {
        let named = names.filter { $0.value == person }.keys
        guard !named.isEmpty else {
          let others = Set(names.values).sorted().joined(separator: ", ")
          throw ValidationError(
            "Nobody is called '\(person)' in the poses; "
              + (others.isEmpty ? "nobody has a name: give numbers." : "there are \(others)."))
        }
        ids.formUnion(named)
      }
    }
  }
}

/// Who is drawn and who is hidden.
struct ShowingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make these people unrecognisable, such as 3 or 3,anna. See HIDING PEOPLE.", valueName: "ids"))
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

  /// - Parameter names: Those of the poses, by identity.
  func showing(_ names: [Int: String]) throws -> Showing {
    var showing = Showing()
    showing.blur =
      try blur.map { .these(try $0.ids(names)) } ?? blurExcept.map { .allBut(try $0.ids(names)) } ?? .nobody
    showing.only = try only?.ids(names)
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
