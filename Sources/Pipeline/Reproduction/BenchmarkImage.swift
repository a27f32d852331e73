internal import Detection
internal import Files
internal import Foundation
internal import Interchange
internal import Pose

/// A picture of a benchmark and the people to look at in it.
struct BenchmarkImage {
  var id: Int
  var file: URL
  /// Empty for networks that find people themselves.
  var boxes: [ScoredBox]
  /// What the predictions of these boxes are called by, where the protocol calls them by anything.
  var boxIDs: [Int] = []
}

extension Benchmark {
  /// The pictures in the order of the annotations, with the boxes that count.
  ///
  /// - Parameter boxes: nil for networks that find people themselves, which look at all pictures.
  func people(_ data: URL, _ boxes: Boxes?, input: (width: Int, height: Int)) throws -> [BenchmarkImage] {
    let file = data.appending(path: annotations.path)
    switch layout {
    case .mpii: return try MPIIAnnotations.people(file, images: data.appending(path: images.path))
    case .mpiiTRB: return try MPIIAnnotations.outlined(file, images: data.appending(path: images.path), input: input)
    case .coco, .poseTrack:
      let detected = try boxes == .detected ? detections.map { try Self.detections(data, $0.part, $0.threshold) } : nil
      return try annotated(data, file, detected, wantsBoxes: boxes != nil)
    }
  }

  private func annotated(
    _ data: URL, _ file: URL, _ detected: [Int: [ScoredBox]]?, wantsBoxes: Bool
  ) throws -> [BenchmarkImage] {
    var images: [BenchmarkImage] = []
    var frames = try COCODataset(file).frames()
    while let (image, annotations) = try frames.next() {
      let boxes = detected.map { $0[image.id] ?? [] } ?? annotations.compactMap { Self.box(of: $0, in: image) }
      images.append(
        BenchmarkImage(
          id: image.id, file: data.appending(path: imagePrefix + image.fileName), boxes: wantsBoxes ? boxes : []))
    }
    return images
  }

  /// The box of somebody labelled, inside the picture, as mmpose takes it.
  private static func box(of person: COCODataset.Annotation, in image: COCODataset.Image) -> ScoredBox? {
    guard let box = person.box, !person.isCrowd, person.area ?? 1 > 0, person.labelledCount != 0,
      person.keypoints.contains(where: { max($0.point.x, $0.point.y, $0.visibility) > 0 })
    else { return nil }
    let (left, top) = (max(0, box.x), max(0, box.y))
    let right = min(Double(image.width ?? .max) - 1, left + max(0, box.width))
    let bottom = min(Double(image.height ?? .max) - 1, top + max(0, box.height))
    guard right > left, bottom > top else { return nil }
    return ScoredBox(Box(x: left, y: top, width: right - left, height: bottom - top), score: 1)
  }

  private static func detections(_ data: URL, _ part: Part, _ threshold: Double) throws -> [Int: [ScoredBox]] {
    let file = data.appending(path: part.path)
    var boxes: [Int: [ScoredBox]] = [:]
    var images = try COCOResults(file).images()
    while let (id, results) = try images.next() {
      boxes[id] = results.filter { $0.categoryID == 1 && $0.score >= threshold }.compactMap { result in
        result.box.map { ScoredBox($0, score: result.score) }
      }
    }
    return boxes
  }
}
