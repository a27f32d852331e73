private import Files
private import Foundation

/// Brings the checkpoint of a published model into a store. What was received before a cut is kept and gone on with.
package struct ModelDownload: Sendable {
  package struct Options: Sendable {
    /// Takes the place of `https://download.openmmlab.com/mmpose/` at the beginning of the address, or, for other models, of
    /// `https://download.openmmlab.com/`.
    package var mirror: String?
    /// How often a cut connection is taken up again.
    package var retries = 4
    /// Before each retry; doubles every time, up to half a minute.
    package var pause: Duration = .seconds(1)
    /// Bytes a second; a connection that brings less for `patience` is cut.
    package var leastSpeed = 1000
    package var patience: Duration = .seconds(30)
    /// In bytes.
    package var largestFile = CheckedCheckpoint.largestFile

    package init() {}
  }

  package static let origin = host + "mmpose/"
  private static let host = "https://download.openmmlab.com/"

  private let store: ModelStore
  private let options: Options

  package init(into store: ModelStore, options: Options = Options()) {
    self.store = store
    self.options = options
  }

  /// - Parameter progress: bytes there are, and bytes there will be where that is known.
  /// - Returns: the checked file. One that is there already is only checked.
  package func get(
    _ model: any PublishedModel, progress: @escaping @Sendable (_ done: Int64, _ total: Int64?) -> Void
  ) throws -> CheckedCheckpoint {
    let file = store.file(of: model)
    if store.contains(model) { return try CheckedCheckpoint(file, of: model) }
    do {
      try FileManager.default.createDirectory(at: store.folder, withIntermediateDirectories: true)
    } catch {
      throw ModelError(
        .failed, "\(store.folder.path): the folder for checkpoints cannot be made: \(SystemError.reason(of: error))")
    }
    let partial = file.appendingPathExtension("partial")
    try receive(try address(of: model), into: partial, progress: progress)
    var checked: CheckedCheckpoint
    do {
      checked = try CheckedCheckpoint(partial, of: model)
    } catch {
      try? FileManager.default.removeItem(at: partial)
      throw ModelError(
        .failed,
        "what was received was thrown away, since it is not the checkpoint: \(error). Try again, or another --mirror")
    }
    try FileManager.default.moveItem(at: partial, to: file)
    checked.file = file
    return checked
  }

  private func address(of model: any PublishedModel) throws -> URL {
    guard let mirror = options.mirror else { return model.checkpoint }
    let prefix = mirror.hasSuffix("/") ? mirror : mirror + "/"
    let address = model.checkpoint.absoluteString
    let path = address.dropFirst((address.hasPrefix(Self.origin) ? Self.origin : Self.host).count)
    guard let url = URL(string: prefix + path), HTTPTransfer.isSafe(url) else {
      throw ModelError(
        .unusable, "\(mirror): a mirror is an address that begins with https://, or with http:// on this machine")
    }
    return url
  }

  private func receive(
    _ address: URL, into partial: URL, progress: @escaping @Sendable (Int64, Int64?) -> Void
  ) throws {
    let limits = HTTPTransfer.Limits(
      size: Int64(options.largestFile), speed: Int64(options.leastSpeed), window: options.patience)
    var pause = options.pause
    for attempt in 0...options.retries {
      let transfer = HTTPTransfer(address, appendingTo: partial, limits: limits, progress: progress)
      switch try transfer.run() {
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
        pause = min(pause * 2, .seconds(30))
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
