internal import Files

/// The people of a file that has a place of its own for each: who has which, in the order of their first appearance.
struct IdentityColumns {
  /// nil stands for the only person of frames without identities.
  private(set) var identities: [Int?] = []
  private var columns: [Int?: Int] = [:]

  /// The places of the people of a frame. Throws where two can't be told apart.
  mutating func columns(of frame: RecordedFrame) throws(FileError) -> [Int] {
    var taken: Set<Int?> = []
    var result: [Int] = []
    for person in frame.people {
      let id = person.trackID
      guard taken.insert(id).inserted else {
        throw FileError(
          .invalid,
          problem: "frame \(frame.index) has \(id.map { "track \($0) twice" } ?? "several people without identity")",
          remedy: "the format keeps each person in a place of their own: give identities with `posetrail link` first")
      }
      if columns[id] == nil {
        columns[id] = identities.count
        identities.append(id)
      }
      result.append(columns[id] ?? 0)
    }
    return result
  }

  /// `track_7`, or `person` where there are no identities.
  static func name(_ identity: Int?) -> String { identity.map { "track_\($0)" } ?? "person" }

  /// The identities that names stand for: their numbers where all are called `track_7` or `track7`, else their places.
  static func identities(of names: [String]) -> [Int?] {
    if names == ["person"] { return [nil] }
    let numbers = names.map { name -> Int? in
      guard name.lowercased().hasPrefix("track") else { return nil }
      return Int(name.dropFirst(5).drop { $0 == "_" })
    }
    let known = numbers.compactMap(\.self)
    return known.count == names.count && Set(known).count == names.count ? numbers : Array(names.indices)
  }
}
