package import Files
package import Foundation
package import Pose

/// A COCO annotation file, image by image: images and the people in them, as also CrowdPose, AIC, OCHuman and
/// COCO-WholeBody ship them.
package final class COCODataset {
  package struct Image: Sendable {
    package var id: Int
    package var fileName: String
    package var width: Int?
    package var height: Int?
    /// How crowded CrowdPose says it is, 0…1.
    package var crowdIndex: Double?
    /// Which frame of a video it is, from 0, where the file says so.
    package var frame: Int?
  }

  package struct Annotation: Sendable {
    /// Whether it bears the id 0, by which pycocotools means nobody.
    package var isNumberZero: Bool
    package var imageID: Int
    package var categoryID: Int
    package var isCrowd: Bool
    /// x, y and visibility of every joint; body, feet, face, left and right hand one after the other in
    /// COCO-WholeBody. Empty where there are none.
    package var keypoints: [(point: Point, visibility: Double)]
    /// What the file says, which may differ from the number of joints with a visibility above 0.
    package var labelledCount: Int?
    /// nil where the file has none.
    package var box: Box?
    package var area: Double?
    package var trackID: Int?
    /// Where a detector wrote the file.
    package var score: Double?
  }

  private let file: InputText
  private let images: DatasetSurvey.List
  private let annotations: DatasetSurvey.List
  let categories: COCOCategories
  let contents: RecordingReader.Contents
  let boxes: BoxExtent
  /// Whether the images say which frames they are, in the order of their ids.
  let hasFrameNumbers: Bool
  /// Whether nobody in it is a person, and what they are instead.
  private let others: Set<Int>

  package convenience init(_ url: URL) throws(FileError) { try self.init(try InputText(url)) }

  /// Looks through the file, and throws where it is none of these.
  init(_ file: InputText) throws(FileError) {
    self.file = file
    var (boxes, contents, categoryIDs) = (BoxExtent(), RecordingReader.Contents(), Set<Int>())
    var frames = KeyOrder()
    let survey = try file.read { () throws(FileError) in
      try DatasetSurvey(
        file, keeping: ["categories"],
        images: .init(names: ["id", "frame_id"]) { (image, _) throws(FileError) in
          if let frame = try image.readIfPresent("frame_id", FrameIndex.read) { frames.note(frame) }
          return try image.integer("id")
        },
        annotations: .init(names: ["image_id", "category_id", "bbox"], presence: RecordingReader.Contents.names) {
          (annotation, _) throws(FileError) in
          if let box = try annotation.readIfPresent("bbox", JSONValue.asBox) { boxes.see(box) }
          contents.see(annotation)
          categoryIDs.insert(try annotation.readIfPresent("category_id", JSONValue.asInteger) ?? 1)
          return try annotation.integer("image_id")
        })
    }
    (images, annotations, categories) = try file.read { () throws(FileError) in
      let lists = try survey.lists("give a COCO annotation file with images and annotations")
      return (lists.images, lists.annotations, try COCOCategories(survey.members["categories"]))
    }
    (self.boxes, self.contents) = (boxes, contents)
    hasFrameNumbers =
      frames.count == images.order.count && frames.isRising && !frames.hasRepeats && images.order.isRising
    others = categoryIDs.contains(where: categories.isPerson) ? [] : categoryIDs
  }

  package var imageCount: Int { images.order.count }

  /// What the file is called.
  package var name: String { file.name }

  /// Throws where all that is annotated are others than people.
  func requirePeople() throws(FileError) {
    if !others.isEmpty { throw categories.noPeople(others: others).in(file.name) }
  }

  /// Whether evaluations count a category: all do where none is that of people.
  package func counts(_ category: Int) -> Bool { !categories.knowsPeople || categories.isPerson(category) }

  /// The images in the order of their ids, each with what is annotated in it. What is annotated in images that the list does
  /// not have is passed over.
  package func frames() throws(FileError) -> Frames { try Frames(file, images, annotations) }

  package struct Frames {
    private let file: InputText
    private var frames: DatasetFrames<Image, Annotation>

    fileprivate init(
      _ file: InputText, _ images: DatasetSurvey.List, _ annotations: DatasetSurvey.List
    ) throws(FileError) {
      self.file = file
      frames = try file.read { () throws(FileError) in
        try DatasetFrames(
          file, images: images, annotations: annotations, rank: { image, _ in image.id },
          ranksRise: images.order.isRising, id: \.id, imageID: \.imageID,
          image: { (parser) throws(FileError) in try Image(parser.value(Image.selection)) },
          annotation: { (parser) throws(FileError) in try Annotation(parser.value(Annotation.selection)) })
      }
    }

    /// The next image; nil after the last.
    package mutating func next() throws(FileError) -> (image: Image, annotations: [Annotation])? {
      do throws(FileError) {
        return try frames.next().map { ($0.image, $0.annotations) }
      } catch {
        throw error.in(file.name)
      }
    }

    var strays: Int { frames.strays }
  }

  /// Calls `body` with the images in the order of the file.
  package func forEachImage(_ body: (Image) -> Void) throws(FileError) {
    var records = try JSONRecords(file, at: images.offset, list: "images") { (parser) throws(FileError) in
      try Image(parser.value(Image.selection))
    }
    while let (image, _, _) = try records.next() { body(image) }
  }

  /// Calls `body` with what is annotated in the order of the file, without keypoints.
  func forEachBox(_ body: (Annotation) -> Void) throws(FileError) {
    var records = try JSONRecords(file, at: annotations.offset, list: "annotations") { (parser) throws(FileError) in
      try Annotation(parser.value(Annotation.boxSelection))
    }
    while let (annotation, _, _) = try records.next() { body(annotation) }
  }
}

extension COCODataset.Image {
  fileprivate static let selection = JSONSelection(
    keeping: ["id", "file_name", "width", "height", "crowdIndex", "frame_id"])

  fileprivate init(_ json: JSONValue) throws(FileError) {
    id = try json.integer("id")
    fileName = try json.readIfPresent("file_name", JSONValue.asString) ?? ""
    width = try json.readIfPresent("width", JSONValue.asInteger)
    height = try json.readIfPresent("height", JSONValue.asInteger)
    frame = try json.readIfPresent("frame_id", FrameIndex.read)
    crowdIndex = try json.readIfPresent("crowdIndex", JSONValue.asDouble)
  }
}

extension COCODataset.Annotation {
  fileprivate static let selection = JSONSelection(keeping: names.union(COCOKeypoints.parts))
  fileprivate static let boxSelection = JSONSelection(keeping: names)
  private static let names: Set<String> = [
    "id", "image_id", "category_id", "iscrowd", "num_keypoints", "area", "track_id", "bbox", "score",
  ]

  fileprivate init(_ json: JSONValue) throws(FileError) {
    isNumberZero = json["id"] == .integer(0)
    imageID = try json.integer("image_id")
    categoryID = try json.readIfPresent("category_id", JSONValue.asInteger) ?? 1
    isCrowd = try json.readIfPresent("iscrowd", JSONValue.asFlag) ?? false
    keypoints = try COCOKeypoints.read(json).all
    labelledCount = try json.readIfPresent("num_keypoints", JSONValue.asInteger)
    area = try json.readIfPresent("area", JSONValue.asDouble)
    trackID = try json.readIfPresent("track_id", JSONValue.asInteger)
    box = try json.readIfPresent("bbox", JSONValue.asBox)
    score = try json.readIfPresent("score", JSONValue.asDouble)
  }
}
