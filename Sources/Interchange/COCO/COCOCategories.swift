internal import Files
internal import Pose

/// Which categories of a COCO file are people: those called person, or else pedestrian and the like, in whatever case.
struct COCOCategories {
  /// By id; nil where the file has no categories, and 1 is the person.
  private let names: [Int: String]?
  private let people: Set<Int>
  /// Of people; nil where the file names no keypoints.
  let skeleton: Skeleton?

  init(_ json: JSONValue?) throws(FileError) {
    guard let json else {
      (names, people, skeleton) = (nil, [1], nil)
      return
    }
    var names: [Int: String] = [:]
    var skeletons: [Int: Skeleton] = [:]
    try FileError.at("categories") { () throws(FileError) in
      for (index, category) in try json.array().enumerated() {
        try FileError.at("[\(index)]") { () throws(FileError) in
          let id = try category.integer("id")
          guard names.updateValue(try category.readIfPresent("name", JSONValue.asString) ?? "", forKey: id) == nil
          else {
            throw FileError(
              .invalid, place: "id", problem: "category \(id) is there twice",
              remedy: "give each category an id of its own")
          }
          skeletons[id] = try Self.skeleton(category)
        }
      }
    }
    let categories = Array(names)
    self.names = names
    people = Set(PersonName.indices(in: categories.map(\.value)).map { categories[$0].key })
    skeleton = people.sorted().lazy.compactMap { skeletons[$0] }.first
  }

  /// The keypoints that a category names, and its limbs, which count joints from 1.
  private static func skeleton(_ category: JSONValue) throws(FileError) -> Skeleton? {
    let names = try category.readIfPresent("keypoints") { (names) throws(FileError) in
      try names.map(JSONValue.asString)
    }
    guard let names, !names.isEmpty else { return nil }
    let limbs = try category.readIfPresent("skeleton") { (limbs) throws(FileError) in
      try limbs.map { (limb) throws(FileError) in try limb.doubles(count: 2) }
    }
    return .of(
      joints: names,
      limbs: (limbs ?? []).map { limb in
        let ends = limb.map { (Int(exactly: $0) ?? 0) &- 1 }
        return (ends[0], ends[1])
      })
  }

  func isPerson(_ category: Int) -> Bool { people.contains(category) }

  /// Whether the file says which category is the person. Where none is, evaluations take all.
  var knowsPeople: Bool { names != nil && !people.isEmpty }

  /// What is wrong with a file in which only `others` were found.
  func noPeople(others: Set<Int>) -> FileError {
    let found = others.sorted().prefix(5).map { id in
      (names?[id]).map { "\(id), \"\($0)\"" } ?? "\(id)"
    }.joined(separator: "; ")
    guard names != nil else {
      return FileError(
        .invalid, problem: "nothing in it has category_id 1, the person, but \(found)",
        remedy: "write 1, or give a file with categories of which one is called person")
    }
    return FileError(
      .invalid, problem: "none of its categories is called person (\(found))",
      remedy: "call the category of people person")
  }
}
