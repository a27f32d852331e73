internal import Foundation
private import TestSupport

/// Figures of the reference tools with their inputs: this target's own copies, else those beside the checkout.
enum ReferenceFolder {
  /// The folder of that name which holds `content`. Skips the test where there is none.
  static func find(_ name: String, holding content: String = "expected.json") throws -> URL {
    let own = Bundle.module.bundleURL.appending(path: "Fixtures/reference/\(name)")
    if FileManager.default.fileExists(atPath: own.appending(path: content).path) { return own }
    return try SharedFiles.file("reference/evaluation/\(name)")
  }
}
