package import Files
package import Foundation
package import Pose

/// One detection of a COCO results file: an object with `image_id`, `score`, and `bbox` or `keypoints`.
package struct COCOResult: Sendable {
  /// What AlphaPose names by its file is named by the number in that.
  package var imageID: Int
  /// Where the file names images rather than numbering them, or does both.
  package var fileName: String?
  /// Counted from 0, where PoseTrail wrote the file and the image's id is not this.
  package var frame: Int?
  package var categoryID: Int
  package var score: Double
  /// Other scores of COCO-WholeBody by key, such as `foot_score`.
  package var partScores: [String: Double]
  package var box: Box?
  package var isCrowd: Bool
  /// As in `COCODataset.Annotation`; the third number is whatever the file has.
  package var keypoints: [(point: Point, visibility: Double)]
  /// How many of them are in `keypoints` itself, not in the lists of COCO-WholeBody's other parts.
  package var bodyCount: Int
  package var trackID: Int?

  /// Somebody found, as any format holds it. Of `bodyCount` keypoints is the box taken that says how large a detection is.
  package init(imageID: Int, _ pose: Pose, trackID: Int?, bodyCount: Int) {
    (self.imageID, categoryID, score, partScores, isCrowd) = (imageID, 1, pose.score, [:], false)
    (box, self.trackID, self.bodyCount) = (pose.box, trackID, bodyCount)
    keypoints = pose.keypoints.map { $0.map { ($0.point, $0.score) } ?? (Point(x: 0, y: 0), 0) }
  }
}

/// A COCO results file, a list of `COCOResult`, image by image; AlphaPose writes the same with other names.
package final class COCOResults {
  private let file: InputText
  private let list: DatasetSurvey.List
  let contents: RecordingReader.Contents
  let boxes: BoxExtent
  /// The PoseTrack sequences that the ids of the images belong to.
  let sequences: Set<Int>
  /// What people call some of the identities.
  let personNames: [Int: String]
  private let categoryIDs: Set<Int>

  package convenience init(_ url: URL) throws(FileError) { try self.init(try InputText(url)) }

  /// Looks through the file, and throws where it is none of these.
  init(_ file: InputText) throws(FileError) {
    self.file = file
    var (boxes, contents, categoryIDs) = (BoxExtent(), RecordingReader.Contents(), Set<Int>())
    var (sequences, names): (Set<Int>, [Int: String]) = ([], [:])
    let look = DatasetSurvey.Look(
      names: ["image_id", "category_id", "bbox", "box", "track_id", "name"], presence: RecordingReader.Contents.names
    ) { (result, _) throws(FileError) in
      if let box = try COCOResult.box(of: result) { boxes.see(box) }
      contents.see(result)
      if case .string(let name) = result["name"], let id = try? result.integer("track_id"), names[id] == nil {
        names[id] = name
      }
      categoryIDs.insert(try result.readIfPresent("category_id", JSONValue.asInteger) ?? 1)
      let image = try result.read("image_id", COCOResult.image)
      if let sequence = PoseTrackIdentifiers.sequence(ofImage: image.id) { sequences.insert(sequence) }
      return image.id
    }
    list = try file.read { () throws(FileError) in
      var parser = try JSONParser(file)
      let list = try DatasetSurvey.survey(&parser, "", look)
      try parser.end()
      return list
    }
    (self.boxes, self.contents) = (boxes, contents)
    (self.sequences, personNames, self.categoryIDs) = (sequences, names, categoryIDs)
  }

  package var count: Int { list.order.count }

  /// What the file is called.
  package var name: String { file.name }

  /// Throws where all results are of others than people.
  func requirePeople() throws(FileError) {
    guard let categories = try? COCOCategories(nil), !categoryIDs.isEmpty, !categoryIDs.contains(1) else { return }
    throw categories.noPeople(others: categoryIDs).in(file.name)
  }

  /// The results in the order of their images, and in that of the file for each.
  package func images() throws(FileError) -> Images { try Images(file, list, onlyBoxes: false) }

  /// The same without keypoints; what has no score has 1.
  func boxImages() throws(FileError) -> Images { try Images(file, list, onlyBoxes: true) }

  package struct Images {
    private let file: InputText
    private var results: OrderedRecords<JSONRecords<COCOResult>>

    fileprivate init(_ file: InputText, _ list: DatasetSurvey.List, onlyBoxes: Bool) throws(FileError) {
      self.file = file
      let selection = onlyBoxes ? COCOResult.boxSelection : COCOResult.selection
      results = try file.read { () throws(FileError) in
        try OrderedRecords(
          isInOrder: list.order.isRising, key: { result, _ in result.imageID },
          makeCursor: { () throws(FileError) in
            try JSONRecords(file, at: list.offset, list: "") { (parser) throws(FileError) in
              try COCOResult(parser.value(selection), score: onlyBoxes ? 1 : nil)
            }
          })
      }
    }

    /// The next image and its results; nil after the last.
    package mutating func next() throws(FileError) -> (imageID: Int, results: [COCOResult])? {
      do throws(FileError) {
        guard let image = try results.nextKey() else { return nil }
        return (image, try results.records(of: image) { (_, _) in })
      } catch {
        throw error.in(file.name)
      }
    }

    /// The results of one image, asked for with rising ids. Throws where results of images that were not asked for lie in
    /// between, as they belong to no image of the ground truth.
    package mutating func results(of image: Int?) throws(FileError) -> [COCOResult] {
      do throws(FileError) {
        return try results.records(of: image ?? .max) { (id, number) throws(FileError) in
          throw FileError(
            .invalid, place: "[\(number)].image_id", problem: "the ground truth has no image \(id)",
            remedy: "give the annotation file of the images that the predictions were made on")
        }
      } catch {
        throw error.in(file.name)
      }
    }
  }
}

extension COCOResult {
  fileprivate static let selection = JSONSelection(keeping: names.union(COCOKeypoints.parts))
  fileprivate static let boxSelection = JSONSelection(keeping: names)
  private static let names =
    Set([
      "image_id", "frame", "file_name", "category_id", "score", "bbox", "box", "iscrowd", "track_id", "idx",
    ]).union(partNames)

  private static let partNames = ["foot", "face", "lefthand", "righthand", "wholebody"].map { "\($0)_score" }

  /// - Parameter score: Of what has none; nil where everything must have one.
  fileprivate init(_ json: JSONValue, score known: Double?) throws(FileError) {
    let image = try json.read("image_id", Self.image)
    imageID = image.id
    let name = try json.readIfPresent("file_name", JSONValue.asString)
    fileName = name ?? image.name
    frame = try json.readIfPresent("frame", FrameIndex.read)
    categoryID = try json.readIfPresent("category_id", JSONValue.asInteger) ?? 1
    let stated = try json.readIfPresent("score", JSONValue.asDouble) ?? known
    if let stated { score = stated } else { score = try json.double("score") }
    partScores = [:]
    for part in Self.partNames {
      if let score = try json.readIfPresent(part, JSONValue.asDouble) { partScores[part] = score }
    }
    box = try Self.box(of: json)
    isCrowd = try json.readIfPresent("iscrowd", JSONValue.asFlag) ?? false
    (keypoints, bodyCount) = try COCOKeypoints.read(json)
    let known = try json.readIfPresent("track_id", JSONValue.asInteger)
    let alphaPose = try json.readIfPresent("idx", Self.identity)
    trackID = known ?? alphaPose
  }

  /// AlphaPose calls it `box`.
  fileprivate static func box(of json: JSONValue) throws(FileError) -> Box? {
    if let box = try json.readIfPresent("bbox", JSONValue.asBox) { return box }
    return try json.readIfPresent("box", JSONValue.asBox)
  }

  /// A number, or a file name that ends in one.
  fileprivate static func image(_ json: JSONValue) throws(FileError) -> (id: Int, name: String?) {
    guard case .string(let name) = json else { return (try json.integer(), nil) }
    guard let number = FrameLabel(name: name).numberInName else {
      throw FileError(
        .invalid, problem: "\"\(name)\" has no number at its end", remedy: "number the images, or name them by number")
    }
    return (number, name)
  }

  /// AlphaPose writes identities as a number, or as a list of one.
  private static func identity(_ json: JSONValue) throws(FileError) -> Int {
    guard case .array(let values) = json, let first = values.first else { return try json.integer() }
    return try identity(first)
  }
}
