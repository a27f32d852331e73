private import CBuild
internal import Inference
private import OpenBLASBackend
private import Video

#if OneDNN
private import OneDNNBackend
#endif

/// Of what the program was made, and what it runs with.
enum BuildInformation {
  /// nil where it was built without history.
  private static var commit: String? { cbuild_commit().map { String(cString: $0) } }

  /// What results say of it: only what may decide their digits.
  static func provenance(_ backend: any Backend) -> [String: String] {
    var build = ["ffmpeg": FFmpegLibrary.version]
    build["commit"] = commit
    build["backend"] = backend.library
    let features = ProcessorFeatures.all.joined(separator: " ")
    if !features.isEmpty { build["processor"] = features }
    return build
  }

  /// What `--version` says.
  static var text: String {
    var backends: [any Backend] = []
    #if OneDNN
    backends.append(OneDNNBackend())
    #endif
    if let openBLAS = try? OpenBLASBackend() { backends.append(openBLAS) }
    let features = ProcessorFeatures.all.joined(separator: " ")
    return
      (["posetrail \(Posetrail.version)" + (commit.map { " (\($0))" } ?? ""), "FFmpeg \(FFmpegLibrary.version)"]
      + backends.compactMap(\.library) + ["processor \(features.isEmpty ? "unknown" : features)"])
      .joined(separator: "\n")
  }
}
