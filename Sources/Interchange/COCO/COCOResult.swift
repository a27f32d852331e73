public import Files
public import Foundation
public import Pose

/// One detection of a COCO results file: a list of objects with `image_id`, `score`, and `bbox` or `keypoints`.
public struct COCOResult: Sendable {
  public var imageID: Int
  public var categoryID: Int
  public var score: Double
  /// Other scores of COCO-WholeBody by key, such as `foot_score`.
  public var partScores: [String: Double]
  public var box: Box?
  /// As in `COCODataset.Annotation`; the third number is whatever the file has.
  public var keypoints: [(point: Point, visibility: Double)]
  /// How many of them are in `keypoints` itself, not in the lists of COCO-WholeBody's other parts.
  public var bodyCount: Int
  /// Where PoseTrail wrote the file.
  public var trackID: Int?

  public static func read(_ url: URL) throws(FileError) -> [COCOResult] {
    try InputFile.read(url) { (bytes) throws(FileError) in
      var parser = JSONParser(bytes)
      let results = try parser.elements(of: "", COCOResult.init)
      try parser.end()
      return results
    }
  }

  init(_ json: JSONValue) throws(FileError) {
    imageID = try json.integer("image_id")
    categoryID = try json.readIfPresent("category_id", JSONValue.asInteger) ?? 1
    score = try json.double("score")
    partScores = [:]
    for part in ["foot", "face", "lefthand", "righthand", "wholebody"] {
      partScores["\(part)_score"] = try json.readIfPresent("\(part)_score", JSONValue.asDouble)
    }
    box = try json.readIfPresent("bbox", JSONValue.asBox)
    keypoints = try COCOKeypoints.read(json)
    trackID = try json.readIfPresent("track_id", JSONValue.asInteger)
    bodyCount = try json.readIfPresent("keypoints", JSONValue.asArray).map { $0.count / 3 } ?? 0
  }
}
