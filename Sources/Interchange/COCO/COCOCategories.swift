internal import Files
private import Pose

/// Which categories of a COCO file are people: those called person, or else pedestrian and the like, in whatever case.
struct COCOCategories {
  /// By id; nil where the file has no categories, and 1 is the person.
  private let names: [Int: String]?
  private let people: Set<Int>

  init(_ json: JSONValue?) throws(FileError) {
    guard let json else {
      (names, people) = (nil, [1])
      return
    }
    var names: [Int: String] = [:]
    try FileError.at("categories") { () throws(FileError) in
      for (index, category) in try json.array().enumerated() {
        try FileError.at("[\(index)]") { () throws(FileError) in
          names[try category.integer("id")] = try category.readIfPresent("name", JSONValue.asString) ?? ""
        }
      }
    }
    let categories = Array(names)
    self.names = names
    people = Set(PersonName.indices(in: categories.map(\.value)).map { categories[$0].key })
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
