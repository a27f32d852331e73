public import Files
public import Foundation
public import Pose

/// A COCO annotation file: images and the people in them, as also CrowdPose, AIC, OCHuman and COCO-WholeBody ship them.
public struct COCODataset: Sendable {
  public struct Image: Sendable {
    public var id: Int
    public var fileName: String
    public var width: Int?
    public var height: Int?
    /// How crowded CrowdPose says it is, 0…1.
    public var crowdIndex: Double?
  }

  public struct Annotation: Sendable {
    public var imageID: Int
    public var categoryID: Int
    public var isCrowd: Bool
    /// x, y and visibility of every joint; body, feet, face, left and right hand one after the other in
    /// COCO-WholeBody. Empty where there are none.
    public var keypoints: [(point: Point, visibility: Double)]
    /// What the file says, which may differ from the number of joints with a visibility above 0.
    public var labelledCount: Int?
    public var box: Box
    public var area: Double?
    public var trackID: Int?
  }

  public var images: [Image]
  public var annotations: [Annotation]
  /// The ids of the categories named `person`; all where none is.
  public var personCategories: Set<Int>

  public init(_ url: URL) throws(FileError) {
    self = try InputFile.read(url) { (bytes) throws(FileError) in try COCODataset(bytes: bytes) }
  }

  init(bytes: [UInt8]) throws(FileError) {
    var images: [Image]?
    var annotations: [Annotation]?
    var categories: [JSONValue] = []
    var parser = JSONParser(bytes)
    try parser.object { (key, parser) throws(FileError) in
      switch key {
      case "images": images = try parser.elements(of: key, Image.init)
      case "annotations": annotations = try parser.elements(of: key, Annotation.init)
      case "categories": categories = try parser.value().array()
      default: _ = try parser.value()
      }
    }
    try parser.end()
    guard let images, let annotations else {
      throw FileError(
        .invalid, problem: "has no \"\(images == nil ? "images" : "annotations")\"",
        remedy: "give a COCO annotation file with images and annotations")
    }
    (self.images, self.annotations) = (images, annotations)
    var people: Set<Int> = []
    for category in categories where try category.readIfPresent("name", JSONValue.asString) == "person" {
      people.insert(try category.integer("id"))
    }
    personCategories = people.isEmpty ? Set(annotations.map(\.categoryID)) : people
  }
}

extension COCODataset.Image {
  init(_ json: JSONValue) throws(FileError) {
    id = try json.integer("id")
    fileName = try json.readIfPresent("file_name", JSONValue.asString) ?? ""
    width = try json.readIfPresent("width", JSONValue.asInteger)
    height = try json.readIfPresent("height", JSONValue.asInteger)
    crowdIndex = try json.readIfPresent("crowdIndex", JSONValue.asDouble)
  }
}

extension COCODataset.Annotation {
  init(_ json: JSONValue) throws(FileError) {
    imageID = try json.integer("image_id")
    categoryID = try json.readIfPresent("category_id", JSONValue.asInteger) ?? 1
    isCrowd = try json.readIfPresent("iscrowd", JSONValue.asFlag) ?? false
    keypoints = try COCOKeypoints.read(json)
    labelledCount = try json.readIfPresent("num_keypoints", JSONValue.asInteger)
    area = try json.readIfPresent("area", JSONValue.asDouble)
    trackID = try json.readIfPresent("track_id", JSONValue.asInteger)
    box = try json.readIfPresent("bbox", JSONValue.asBox) ?? Box(x: 0, y: 0, width: 0, height: 0)
  }
}

/// The keypoints of a person, which COCO-WholeBody keeps in five lists.
enum COCOKeypoints {
  private static let parts = ["keypoints", "foot_kpts", "face_kpts", "lefthand_kpts", "righthand_kpts"]

  static func read(_ json: JSONValue) throws(FileError) -> [(point: Point, visibility: Double)] {
    var result: [(point: Point, visibility: Double)] = []
    for part in parts {
      guard let numbers = try json.readIfPresent(part, JSONValue.asDoubles) else { continue }
      guard numbers.count.isMultiple(of: 3) else { throw FileError.notTriples(numbers.count).under(part) }
      for start in stride(from: 0, to: numbers.count, by: 3) {
        result.append((Point(x: numbers[start], y: numbers[start + 1]), numbers[start + 2]))
      }
    }
    return result
  }
}
