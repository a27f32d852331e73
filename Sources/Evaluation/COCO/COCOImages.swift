internal import Files
internal import Interchange
internal import Pose

/// Annotations and results of a data set brought together, image by image in the order of their ids; people only.
struct COCOImages {
  struct Image {
    var id: Int
    var width: Int?
    var height: Int?
    var crowdIndex: Double?
    /// What the files are called that it is from.
    var truthFile: String
    var predictionFile: String
    var truths: [COCODataset.Annotation]
    var detections: [COCOResult]
  }

  private let dataset: COCODataset
  private var truths: COCODataset.Frames
  private var results: ImagePredictions

  init(_ dataset: COCODataset, _ predictions: COCOPredictions) throws(FileError) {
    self.dataset = dataset
    truths = try dataset.frames()
    results = try ImagePredictions(predictions, of: dataset)
  }

  /// The next image. Throws where there are detections of an image that the data set does not have.
  mutating func next() throws(FileError) -> Image? {
    guard let (image, annotations) = try truths.next() else {
      _ = try results.results(of: nil)
      return nil
    }
    return Image(
      id: image.id, width: image.width, height: image.height, crowdIndex: image.crowdIndex, truthFile: dataset.name,
      predictionFile: results.file,
      truths: annotations.filter { dataset.counts($0.categoryID) },
      detections: try results.results(of: image.id).filter { dataset.counts($0.categoryID) })
  }
}

extension COCOImages.Image {
  /// The best detections by a score; equal ones in the order given.
  func best(_ count: Int, by score: (COCOResult) -> Double) -> [COCOResult] {
    let order = detections.indices.sorted { (-score(detections[$0]), $0) < (-score(detections[$1]), $1) }
    return order.prefix(count).map { detections[$0] }
  }

  /// Refuses labels and detections of other keypoint sets.
  func requireKeypoints(_ counts: Set<Int>) throws(FileError) {
    let labels = truths.lazy.map(\.keypoints.count).first { $0 > 0 && !counts.contains($0) }
    if let labels { throw mismatch("a person labelled", labels, counts).in(truthFile) }
    if let found = detections.lazy.map(\.keypoints.count).first(where: { !counts.contains($0) }) {
      throw mismatch("a result", found, counts).in(predictionFile)
    }
  }

  private func mismatch(_ who: String, _ found: Int, _ counts: Set<Int>) -> FileError {
    FileError(
      .invalid, place: "\(who) in image \(id)",
      problem: "has \(found) keypoints, not \(counts.sorted().map(String.init).joined(separator: " or "))",
      remedy: "evaluate by the protocol of the keypoint set that was labelled and predicted")
  }

  /// Refuses detections that lack what is compared.
  func require(_ what: String, _ isComplete: (COCOResult) -> Bool, remedy: String) throws(FileError) {
    guard detections.allSatisfy(isComplete) else {
      throw FileError(
        .invalid, place: "a result of image \(id)", problem: "has no \(what)", remedy: remedy
      ).in(predictionFile)
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
