private import Files
public import Foundation

/// Brings the checkpoint of a published model into a store. What was received before a cut is kept and gone on with.
public struct ModelDownload: Sendable {
  public struct Options: Sendable {
    /// Takes the place of `https://download.openmmlab.com/mmpose/` at the beginning of the address.
    public var mirror: String?
    /// How often a cut connection is taken up again.
    public var retries = 4
    /// Before each retry; doubles every time.
    public var pause: Duration = .seconds(1)

    public init() {}
  }

  public static let origin = "https://download.openmmlab.com/mmpose/"

  private let store: ModelStore
  private let options: Options

  public init(into store: ModelStore, options: Options = Options()) {
    self.store = store
    self.options = options
  }

  /// - Parameter progress: bytes there are, and bytes there will be where that is known.
  /// - Returns: the checked file. One that is there already is only checked.
  public func get(
    _ model: ZooModel, progress: @escaping @Sendable (_ done: Int64, _ total: Int64?) -> Void
  ) throws -> URL {
    let file = store.file(of: model)
    if store.contains(model) {
      try ModelStore.check(file, is: model)
      return file
    }
    try FileManager.default.createDirectory(at: store.folder, withIntermediateDirectories: true)
    let partial = file.appendingPathExtension("partial")
    try receive(try address(of: model), into: partial, progress: progress)
    let digest = try FileDigest.sha256(of: partial)
    guard digest.hasPrefix(model.hash) else {
      try? FileManager.default.removeItem(at: partial)
      throw ModelError(
        .failed,
        "\(model.fileName): what was received has a SHA-256 that begins with \(digest.prefix(8)) instead of \(model.hash) "
          + "and was thrown away; try again, or another --mirror")
    }
    try FileManager.default.moveItem(at: partial, to: file)
    return file
  }

  private func address(of model: ZooModel) throws -> URL {
    guard let mirror = options.mirror else { return model.checkpoint }
    let prefix = mirror.hasSuffix("/") ? mirror : mirror + "/"
    let path = model.checkpoint.absoluteString.dropFirst(Self.origin.count)
    guard let url = URL(string: prefix + path), ["http", "https"].contains(url.scheme?.lowercased()) else {
      throw ModelError(.unusable, "\(mirror): a mirror is an address that begins with http:// or https://")
    }
    return url
  }

  private func receive(
    _ address: URL, into partial: URL, progress: @escaping @Sendable (Int64, Int64?) -> Void
  ) throws {
    var pause = options.pause
    for attempt in 0...options.retries {
      let outcome = try HTTPTransfer(address, appendingTo: partial, progress: progress).run()
      switch outcome {
      case .complete: return
      case .refused(let reason):
        _ = try Self.removeEmpty(partial)
        throw ModelError(.failed, "\(address.absoluteString): \(reason)")
      case .cut(let reason):
        guard attempt < options.retries else {
          let kept =
            try Self.removeEmpty(partial) ? "" : "What was received is kept: the same command goes on from there. "
          throw ModelError(
            .failed,
            "\(address.absoluteString): \(reason). \(kept)Behind a proxy set https_proxy; with --mirror it comes from elsewhere"
          )
        }
        Thread.sleep(forTimeInterval: pause / .seconds(1))
        pause *= 2
      }
    }
  }
  /// Returns whether nothing was received.
  private static func removeEmpty(_ file: URL) throws -> Bool {
    guard try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int == 0 else { return false }
    try FileManager.default.removeItem(at: file)
    return true
  }
}
