private import Foundation
internal import Pipeline

/// The command line as text.
enum Arguments {
  /// Throws where an argument, or the folder that names are relative to, is not UTF-8: such names can't be opened.
  static func read() throws -> [String] {
    var arguments: [String] = []
    for index in 0..<Int(CommandLine.argc) {
      guard let bytes = CommandLine.unsafeArgv[index] else { continue }
      arguments.append(try text(bytes))
    }
    if let folder = getcwd(nil, 0) {
      defer { free(folder) }
      _ = try text(folder)
    }
    return arguments
  }

  private static func text(_ bytes: UnsafePointer<CChar>) throws -> String {
    if let text = String(validatingCString: bytes) { return text }
    throw PipelineError(
      .unusable,
      "\(String(cString: bytes)): this name is not UTF-8; rename it, or make a link with another name (ln -s) and use that"
    )
  }
}
