package import Foundation
internal import Models
internal import Pose

/// Which row of which table, over which data.
package struct ReproductionRequest: Sendable {
  /// A name of the zoo, an `.onnx` file or a description.
  package var model: String
  package var benchmark: Benchmark
  package var data: URL
  package var outputs: ReproductionOutputs
  package var shard = Shard.all
  /// nil takes those that the published figures are for.
  package var boxes: Benchmark.Boxes?
  package var batch = 8
  package var overwrites = false

  /// - Parameter benchmark: The name of one; nil takes the one of the zoo's row.
  package init(model: String, on benchmark: String?, data: URL, folder: URL) throws {
    let row = Zoo.model(named: model)
    let found = benchmark.flatMap(Benchmark.named) ?? row.flatMap { Benchmark.of(dataSet: $0.dataSet) }
    guard let found else {
      let why =
        row.map { "its figures are for \($0.dataSet), which no protocol here covers" }
        ?? "is no row of the published tables"
      throw PipelineError(
        .unusable,
        "\(model): \(why); name a benchmark with --on, one of \(Benchmark.all.map(\.name).joined(separator: ", "))")
    }
    (self.model, self.benchmark, self.data) = (model, found, data)
    let stem = URL(filePath: model).deletingPathExtension().lastPathComponent
    outputs = ReproductionOutputs(folder: folder, stem: row == nil ? stem : model, benchmark: found.name)
  }

  /// Throws where data is missing or the network finds other keypoints.
  func check(_ boxes: Benchmark.Boxes?, keypointSet: String) throws {
    if boxes == .detected, benchmark.detections == nil {
      throw PipelineError(
        .unusable, "\(benchmark.name): there are no published boxes of a detector; leave out --boxes detected")
    }
    guard benchmark.keypointSets.contains(keypointSet) else {
      throw PipelineError(
        .unusable,
        "\(model): finds the keypoints of \(keypointSet), \(benchmark.name) has those of \(benchmark.keypointSets[0])")
    }
    try benchmark.check(data, boxes)
  }

  /// The figures of the row, where they are for this benchmark and these boxes.
  func published(_ boxes: Benchmark.Boxes?) -> [PublishedFigure] {
    guard let row = Zoo.model(named: model), benchmark.dataSets.contains(row.dataSet),
      boxes == nil || boxes == benchmark.boxes
    else { return [] }
    return row.figures
  }
}

/// Where the results go.
package struct ReproductionOutputs: Hashable, Sendable {
  package var folder: URL
  private var name: String

  init(folder: URL, stem: String, benchmark: String) {
    self.folder = folder
    name = "\(stem).\(benchmark)"
  }

  /// What a run has done, picture by picture.
  func journal(_ shard: Shard) -> URL {
    let part = shard.count == 1 ? "" : ".\(shard.number)-of-\(shard.count)"
    return folder.appending(path: "\(name)\(part).jsonl")
  }

  /// Those of all runs that were there.
  var journals: [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix("\(name).") && $0.hasSuffix(".jsonl") }.sorted().map {
      folder.appending(path: $0)
    }
  }

  /// The file of the results, or the folder of their files.
  func results(inFolder: Bool) -> URL { folder.appending(path: "\(name).results\(inFolder ? "" : ".json")") }
}
