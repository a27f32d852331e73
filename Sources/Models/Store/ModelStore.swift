public import Foundation

/// The folder where checkpoints of published models are kept.
public struct ModelStore: Sendable {
  public let folder: URL

  public init(folder: URL) {
    self.folder = folder
  }

  /// `posetrail/models` in the user's folder for caches (`XDG_CACHE_HOME`, or `.cache` at home).
  public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> ModelStore {
    let caches =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
      ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
    return ModelStore(folder: caches.appending(path: "posetrail/models"))
  }

  /// Where the checkpoint of `model` is, or will be.
  public func file(of model: any PublishedModel) -> URL {
    folder.appending(path: model.fileName)
  }

  public func contains(_ model: any PublishedModel) -> Bool {
    FileManager.default.fileExists(atPath: file(of: model).path)
  }
}
