/// What data sets and detectors call people.
public enum PersonName {
  private static let synonyms: Set = ["persons", "people", "pedestrian", "pedestrians", "human", "humans"]

  /// Which of the names are people's: those called person, or else pedestrian and the like, in whatever case.
  public static func indices(in names: [String]) -> [Int] {
    let plain = names.map { $0.lowercased().filter { !$0.isWhitespace } }
    let exact = plain.indices.filter { plain[$0] == "person" }
    return exact.isEmpty ? plain.indices.filter { synonyms.contains(plain[$0]) } : exact
  }
}
