internal import Files
internal import Interchange

/// Annotations and results of a data set brought together by image.
struct COCOImages {
  struct Image {
    var crowdIndex: Double?
    var truths: [COCODataset.Annotation] = []
    var detections: [COCOResult] = []
  }

  /// In the order of their ids.
  private(set) var images: [Image]

  /// People only; detections of images that the data set does not have are refused.
  init(_ dataset: COCODataset, _ results: [COCOResult]) throws(FileError) {
    var byID: [Int: Image] = [:]
    for image in dataset.images { byID[image.id] = Image(crowdIndex: image.crowdIndex) }
    for annotation in dataset.annotations where dataset.personCategories.contains(annotation.categoryID) {
      byID[annotation.imageID]?.truths.append(annotation)
    }
    for (index, result) in results.enumerated() {
      guard byID[result.imageID] != nil else {
        throw FileError(
          .invalid, place: "[\(index)].image_id", problem: "the ground truth has no image \(result.imageID)",
          remedy: "give the annotation file of the images that the predictions were made on")
      }
      if dataset.personCategories.contains(result.categoryID) { byID[result.imageID]?.detections.append(result) }
    }
    images = byID.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension COCOImages.Image {
  /// The best detections by a score; equal ones in the order given.
  func best(_ count: Int, by score: (COCOResult) -> Double) -> [COCOResult] {
    let order = detections.indices.sorted { (-score(detections[$0]), $0) < (-score(detections[$1]), $1) }
    return order.prefix(count).map { detections[$0] }
  }
}
