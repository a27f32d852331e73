internal import Files

/// How many annotations belong to none of the images, once these were read.
final class StrayCount {
  var count = 0
}

/// The images of a data set one by one, each with its annotations.
struct DatasetFrames<Image, Annotation> {
  private let id: (Image) -> Int
  private var images: OrderedRecords<JSONRecords<Image>>
  private var annotations: OrderedRecords<JSONRecords<Annotation>>
  private let annotationCount: Int
  private var found = 0

  /// - Parameters:
  ///   - rank: What the images are ordered by.
  ///   - ranksRise: Whether they are in that order in the file.
  ///   - imageID: Of an annotation.
  init(
    _ file: InputText, images: DatasetSurvey.List, annotations: DatasetSurvey.List,
    rank: @escaping (Image, _ number: Int) -> Int, ranksRise: Bool, id: @escaping (Image) -> Int,
    imageID: @escaping (Annotation) -> Int, image: @escaping (inout JSONParser) throws(FileError) -> Image,
    annotation: @escaping (inout JSONParser) throws(FileError) -> Annotation
  ) throws(FileError) {
    (self.id, annotationCount) = (id, annotations.order.count)
    self.images = try OrderedRecords(
      isInOrder: ranksRise, key: rank,
      makeCursor: { () throws(FileError) in
        try JSONRecords(file, at: images.offset, list: "images", read: image)
      })
    if !images.order.isRising || images.order.hasRepeats {
      try Self.checkRepeats(JSONRecords(file, at: images.offset, list: "images", read: image), id)
    }
    // Two lists that are both in the order of the ids are read side by side.
    let areSideBySide = annotations.order.isRising && images.order.isRising && ranksRise
    self.annotations = try OrderedRecords(
      isInOrder: areSideBySide, key: { annotation, _ in imageID(annotation) },
      makeCursor: { () throws(FileError) in
        try JSONRecords(file, at: annotations.offset, list: "annotations", read: annotation)
      })
  }

  /// The next image with its place in the order, its number in the list and its annotations; nil after the last.
  mutating func next() throws(FileError) -> (image: Image, rank: Int, number: Int, annotations: [Annotation])? {
    guard let (image, rank, number) = try images.next() else { return nil }
    let people = try annotations.records(of: id(image)) { (_, _) in }
    found += people.count
    return (image, rank, number, people)
  }

  /// How many annotations belong to none of the images; to be asked after the last of these.
  var strays: Int { annotationCount - found }

  private static func checkRepeats(
    _ records: JSONRecords<Image>, _ id: (Image) -> Int
  ) throws(FileError) {
    var records = records
    var seen: Set<Int> = []
    while let (image, number, _) = try records.next() {
      guard seen.insert(id(image)).inserted else {
        throw FileError(
          .invalid, place: "images[\(number)].id", problem: "image \(id(image)) is there twice",
          remedy: "give each image an id of its own")
      }
    }
  }
}
