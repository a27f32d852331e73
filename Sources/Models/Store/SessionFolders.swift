private import Foundation
private import Glibc

/// The folders for cached answers and cookies that Foundation on Linux makes with every configuration of a session, in the
/// user's folders for caches and data, although sessions here keep nothing: those that were not there before.
struct SessionFolders {
  /// Inner ones first.
  private let missing: [String]

  /// To be made before the configuration.
  init() {
    func place(_ directory: FileManager.SearchPathDirectory, _ components: String...) -> URL? {
      FileManager.default.urls(for: directory, in: .userDomainMask).first.map { base in
        components.reduce(base) { $0.appending(component: $1) }
      }
    }
    let places = [
      place(.cachesDirectory, "org.swift.foundation.URLCache", ProcessInfo.processInfo.processName),
      place(.applicationSupportDirectory, Bundle.main.bundleURL.deletingPathExtension().lastPathComponent),
    ]
    missing = places.compactMap { $0 }.flatMap(Self.missing)
  }

  private static func missing(in place: URL) -> [String] {
    var folder = place.standardizedFileURL
    var missing: [String] = []
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path) {
      missing.append(folder.path)
      folder.deleteLastPathComponent()
    }
    return missing
  }

  /// Leaves those that are not empty.
  func remove() {
    for folder in missing { rmdir(folder) }
  }
}
