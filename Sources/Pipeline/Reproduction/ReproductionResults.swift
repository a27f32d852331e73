internal import Evaluation
internal import Files
internal import Foundation
internal import Interchange
internal import Pose

/// The results as the protocol's own tool takes them, put together from what was done.
struct ReproductionResults {
  private let request: ReproductionRequest
  private let skeleton: Skeleton
  private let journal: ReproductionJournal

  init(_ request: ReproductionRequest, _ skeleton: Skeleton, _ journal: ReproductionJournal) {
    (self.request, self.skeleton, self.journal) = (request, skeleton, journal)
  }

  /// - Returns: The file, or the folder with a file for each video.
  func write(_ images: [Int]) throws -> URL {
    let place = request.outputs.results(inFolder: request.benchmark.layout == .poseTrack)
    switch request.benchmark.layout {
    case .coco:
      try list(images, place) { image, person in
        JSONText.object([
          "image_id": "\(image)", "category_id": "1", "score": person["score"]?.text, "bbox": person["bbox"]?.text,
          "keypoints": person["keypoints"]?.text,
        ])
      }
    case .mpii, .mpiiTRB:
      try list(images, place) { _, person throws(FileError) in
        JSONText.object([
          "bbox_id": person["bbox_id"]?.text, "keypoints": JSONText.array(try Self.triples(person).map(\.text)),
        ])
      }
    case .poseTrack: try videos(place)
    }
    return place
  }

  private func list(
    _ images: [Int], _ place: URL, _ entry: (Int, JSONValue) throws(FileError) -> String
  ) throws {
    let output = try OutputFile(for: place)
    var separator = "[\n"
    for image in images {
      for person in try journal.people(image) {
        try output.write(separator + entry(image, person))
        separator = ",\n"
      }
    }
    try output.write(separator == "[\n" ? "[]\n" : "\n]\n")
    try output.finish()
  }

  /// A file for each of the ground truth, with the same images in the same order.
  private func videos(_ folder: URL) throws {
    let truth = request.benchmark.truth(request.data)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let names = try FileManager.default.contentsOfDirectory(atPath: truth.path).filter { $0.hasSuffix(".json") }
    for name in names.sorted() {
      let video = try InputFile.read(truth.appending(path: name)) { (bytes) throws(FileError) in
        try JSONParser.parse(bytes)
      }
      try OutputFile.write(Data(try self.video(video).utf8), to: folder.appending(path: name))
    }
  }

  private func video(_ truth: JSONValue) throws(FileError) -> String {
    let images = try truth.read("images", JSONValue.asArray)
    var annotations: [String] = []
    for image in images {
      let id = try image.integer("id")
      for (number, person) in try journal.people(id).enumerated() {
        let triples = try Self.triples(person)
        let scores = try triples.map { (triple) throws(FileError) in JSONValue.number(try triple.doubles()[2]).text }
        annotations.append(
          JSONText.object([
            "image_id": "\(id)", "track_id": "\(number)", "score": person["score"]?.text,
            "keypoints": person["keypoints"]?.text, "scores": JSONText.array(scores),
          ]))
      }
    }
    let names = JSONText.array(skeleton.joints.map { JSONText.string($0.name) })
    return JSONText.object([
      "images": JSONText.array(
        images.map { JSONText.object(["id": $0["id"]?.text, "file_name": $0["file_name"]?.text]) }),
      "categories": "[{\"supercategory\":\"person\",\"id\":1,\"name\":\"person\",\"keypoints\":\(names)}]",
      "annotations": JSONText.array(annotations),
    ])
  }

  private static func triples(_ person: JSONValue) throws(FileError) -> [JSONValue] {
    let numbers = try person.read("keypoints", JSONValue.asArray)
    return stride(from: 0, to: numbers.count - numbers.count % 3, by: 3).map { .array(Array(numbers[$0..<$0 + 3])) }
  }
}

extension Benchmark {
  /// What the protocol takes as ground truth.
  func truth(_ data: URL) -> URL {
    data.appending(path: [.mpii, .poseTrack].contains(layout) ? others[0].path : annotations.path)
  }

  func evaluate(_ data: URL, _ results: URL) throws -> EvaluationReport {
    try evaluation.evaluate(EvaluationInput(groundTruth: truth(data), predictions: results))
  }
}
