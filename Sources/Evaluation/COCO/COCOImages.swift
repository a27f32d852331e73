internal import Files
internal import Interchange
internal import Pose

/// Annotations and results of a data set brought together, image by image in the order of their ids; people only.
struct COCOImages {
  struct Image {
    var id: Int
    var crowdIndex: Double?
    var truths: [COCODataset.Annotation]
    var detections: [COCOResult]
  }

  private let dataset: COCODataset
  private var truths: COCODataset.Frames
  private var results: COCOResults.Images

  init(_ dataset: COCODataset, _ results: COCOResults) throws(FileError) {
    self.dataset = dataset
    truths = try dataset.frames()
    self.results = try results.images()
  }

  /// The next image. Throws where there are detections of an image that the data set does not have.
  mutating func next() throws(FileError) -> Image? {
    guard let (image, annotations) = try truths.next() else {
      _ = try results.results(of: nil)
      return nil
    }
    return Image(
      id: image.id, crowdIndex: image.crowdIndex, truths: annotations.filter { dataset.counts($0.categoryID) },
      detections: try results.results(of: image.id).filter { dataset.counts($0.categoryID) })
  }
}

extension COCOImages.Image {
  /// The best detections by a score; equal ones in the order given.
  func best(_ count: Int, by score: (COCOResult) -> Double) -> [COCOResult] {
    let order = detections.indices.sorted { (-score(detections[$0]), $0) < (-score(detections[$1]), $1) }
    return order.prefix(count).map { detections[$0] }
  }

  /// Refuses detections that lack what is compared.
  func require(_ what: String, _ isComplete: (COCOResult) -> Bool, remedy: String) throws(FileError) {
    guard detections.allSatisfy(isComplete) else {
      throw FileError(.invalid, place: "a result of image \(id)", problem: "has no \(what)", remedy: remedy)
    }
  }
}

extension COCODataset.Annotation {
  /// An empty box where there is none.
  var extent: (box: Box, area: Double) {
    let box = box ?? Box(x: 0, y: 0, width: 0, height: 0)
    return (box, area ?? box.area)
  }
}
