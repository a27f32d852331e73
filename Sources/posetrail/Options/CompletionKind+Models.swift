internal import ArgumentParser
private import Foundation
private import Models

extension CompletionKind {
  /// Names of published models, and paths of files and folders.
  static var modelsAndFiles: CompletionKind {
    .custom { _, _, prefix in
      Zoo.all.map(\.name).filter { $0.hasPrefix(prefix) } + paths(prefix)
    }
  }

  private static func paths(_ prefix: String) -> [String] {
    let cut = prefix.lastIndex(of: "/").map { prefix.index(after: $0) } ?? prefix.startIndex
    let (folder, start) = (prefix[..<cut], prefix[cut...])
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : String(folder))) ?? []
    return names.filter { $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix(".")) }.sorted().map { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: folder + name, isDirectory: &isFolder)
      return folder + name + (exists && isFolder.boolValue ? "/" : "")
    }
  }
}
