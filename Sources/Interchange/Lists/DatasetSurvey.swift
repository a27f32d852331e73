internal import Files

/// What one pass over a data set in JSON finds: an object with lists of `images` and of `annotations`, in any order.
struct DatasetSurvey {
  /// A list and the order of its keys.
  struct List {
    /// Where it begins.
    var offset: Int
    var order = KeyOrder()
  }

  /// Members that are neither of the two lists, but those that were passed over.
  private(set) var members: [String: JSONValue] = [:]
  /// By the ids of the images.
  private(set) var images: List?
  /// By the ids of the images that they belong to.
  private(set) var annotations: List?
  /// Another list, where the file has that instead.
  private(set) var other: List?

  /// What to look at in the elements of a list.
  struct Look {
    let selection: JSONSelection
    /// Sees an element and gives its key.
    let see: (_ element: JSONValue, _ number: Int) throws(FileError) -> Int

    /// - Parameters:
    ///   - names: The members that are read.
    ///   - presence: Those of which only is asked whether there is something: they become true or false.
    init(
      names: Set<String>, presence: Set<String> = [],
      see: @escaping (_ element: JSONValue, _ number: Int) throws(FileError) -> Int
    ) {
      selection = JSONSelection(keeping: names, asking: presence)
      self.see = see
    }
  }

  /// - Parameters:
  ///   - names: The members to keep.
  ///   - other: The name of another list, and what to look at in it.
  init(
    _ file: InputText, keeping names: Set<String>, images imageLook: Look, annotations annotationLook: Look,
    other otherLook: (name: String, look: Look)? = nil
  ) throws(FileError) {
    var parser = try JSONParser(file)
    var (members, images, annotations, other) = (self.members, self.images, self.annotations, self.other)
    try parser.object { (key, parser) throws(FileError) in
      switch key {
      case "images": images = try Self.survey(&parser, key, imageLook)
      case "annotations": annotations = try Self.survey(&parser, key, annotationLook)
      case otherLook?.name:
        if let otherLook { other = try Self.survey(&parser, key, otherLook.look) }
      default:
        if names.contains(key) { members[key] = try parser.value() } else { try parser.skip() }
      }
    }
    try parser.end()
    (self.members, self.images, self.annotations, self.other) = (members, images, annotations, other)
  }

  /// Passes over a list.
  static func survey(_ parser: inout JSONParser, _ name: String, _ look: Look) throws(FileError) -> List {
    var list = List(offset: try parser.offset())
    var number = 0
    try parser.array { (parser) throws(FileError) in
      do throws(FileError) {
        let element = try parser.value(look.selection)
        list.order.note(try look.see(element, number))
      } catch {
        throw error.under("\(name)[\(number)]")
      }
      number += 1
    }
    return list
  }

  /// Both lists. Throws where one is missing.
  func lists(_ remedy: String) throws(FileError) -> (images: List, annotations: List) {
    guard let images, let annotations else {
      throw FileError(
        .invalid, problem: "has no \"\(images == nil ? "images" : "annotations")\"", remedy: remedy)
    }
    return (images, annotations)
  }
}
