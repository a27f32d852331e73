package import Foundation

/// The folder where checkpoints of published models are kept.
package struct ModelStore: Sendable {
  package let folder: URL

  package init(folder: URL) {
    self.folder = folder
  }

  /// `posetrail/models` in the user's folder for caches (`XDG_CACHE_HOME`, or `.cache` at home).
  package static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> ModelStore {
    let caches =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    return ModelStore(folder: caches.appending(path: "posetrail/models"))
  }

  /// Where the checkpoint of `model` is, or will be.
  package func file(of model: any PublishedModel) -> URL {
    folder.appending(path: model.fileName)
  }

  package func contains(_ model: any PublishedModel) -> Bool {
    FileManager.default.fileExists(atPath: file(of: model).path)
  }
}
