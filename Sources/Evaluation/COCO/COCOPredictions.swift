package import Files
package import Foundation
package import Interchange
internal import Pose

/// What was predicted for the images of a COCO data set: COCO results, or poses in any format that PoseTrail reads, whose
/// frames are found by the names of the images, by the numbers in them, or by their own numbers.
package enum COCOPredictions {
  case results(COCOResults)
  case recording(RecordingReader)

  package init(_ url: URL) throws(FileError) {
    let file = try InputText(url)
    let isList = try file.start(1 << 12).first { !$0.isWhitespace } == "["
    self = isList ? .results(try COCOResults(url)) : .recording(try RecordingFormat.open(url.path, as: nil))
  }

  /// Throws where a file that says what it holds holds other keypoints.
  func requireKeypoints(_ counts: Set<Int>) throws(FileError) {
    guard case .recording(let reader) = self else { return }
    let skeleton = reader.header.skeleton
    guard !counts.contains(skeleton.joints.count) else { return }
    throw FileError(
      .invalid, file: reader.name, problem: "holds the \(skeleton.joints.count) keypoints of \(skeleton.name)",
      remedy: "evaluate by the protocol of that keypoint set")
  }
}

/// Predictions image by image, asked for with rising ids.
struct ImagePredictions {
  private enum Source {
    case results(COCOResults.Images)
    case recording([Int: [COCOResult]])
  }

  private var source: Source
  /// What the file is called.
  let file: String

  init(_ predictions: COCOPredictions, of dataset: COCODataset) throws(FileError) {
    switch predictions {
    case .results(let results): (source, file) = (.results(try results.images()), results.name)
    case .recording(let reader): (source, file) = (.recording(try Self.read(reader, dataset)), reader.name)
    }
  }

  /// Throws where there are predictions of an image that is passed over; `nil` comes after the last image.
  mutating func results(of image: Int?) throws(FileError) -> [COCOResult] {
    switch source {
    case .results(var images):
      defer { source = .results(images) }
      return try images.results(of: image)
    case .recording(var images):
      if let image {
        defer { source = .recording(images) }
        return images.removeValue(forKey: image) ?? []
      }
      guard let stray = images.keys.min() else { return [] }
      throw FileError(
        .invalid, file: file, problem: "the ground truth has no image \(stray)",
        remedy: "give the annotation file of the images that the predictions were made on")
    }
  }

  private static func read(_ reader: RecordingReader, _ dataset: COCODataset) throws(FileError) -> [Int: [COCOResult]] {
    var ids: [String: Int] = [:]
    try dataset.forEachImage { image in ids[FrameLabel.stem(image.fileName)] = image.id }
    let bodyCount = min(reader.header.skeleton.joints.count, Skeleton.coco17.joints.count)
    var images: [Int: [COCOResult]] = [:]
    var frames = try reader.frames()
    while let frame = try frames.next() {
      let label = FrameLabel(name: frame.name)
      let id = label.stem.flatMap { ids[$0] } ?? label.numberInName ?? frame.index
      guard !frame.people.isEmpty else { continue }
      images[id, default: []] += frame.people.map {
        COCOResult(imageID: id, $0.pose, trackID: $0.trackID, bodyCount: bodyCount)
      }
    }
    return images
  }
}
