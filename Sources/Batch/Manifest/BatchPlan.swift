private import Foundation

/// Which videos a batch is about, and where their results go.
package struct BatchPlan: Sendable {
  package struct Item: Hashable, Sendable {
    package var input: String
    package var output: String
  }

  package let items: [Item]

  /// - Parameters:
  ///   - names: Videos, folders of images, and folders that are searched for videos.
  ///   - results: The folder of the results, below which the folders of the videos are found again.
  package init(_ names: [String], into results: String) {
    let videos = names.flatMap { VideoSearch.videos($0) }
    var unique: Set<String> = []
    let inputs = videos.filter { unique.insert(Self.absolute($0)).inserted }
    let base = Self.commonFolder(names.map { VideoSearch.isSearched($0) ? Self.parts($0) : Self.parts($0).dropLast() })
    let places = inputs.map { Self.parts($0).dropFirst(base.count) }
    // Two names that differ by their ending only keep it.
    let stems = places.map { $0.dropLast() + [Self.stem($0.last ?? "video")] }
    let counts = Dictionary(stems.map { (Array($0), 1) }, uniquingKeysWith: +)
    items = zip(inputs, zip(places, stems)).map { input, names in
      let place = counts[Array(names.1)] == 1 ? Array(names.1) : Array(names.0)
      return Item(
        input: input,
        output: ([results.hasSuffix("/") ? String(results.dropLast()) : results] + place).joined(separator: "/"))
    }
  }

  private static func stem(_ name: String) -> String {
    let stem = (name as NSString).deletingPathExtension
    return stem.isEmpty ? name : stem
  }

  private static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

  private static func parts(_ path: String) -> ArraySlice<String> {
    absolute(path).split(separator: "/").map(String.init)[...]
  }

  private static func commonFolder(_ folders: [ArraySlice<String>]) -> [String] {
    guard var common = folders.first.map(Array.init) else { return [] }
    for folder in folders.dropFirst() {
      common = Array(zip(common, folder).prefix { $0 == $1 }.map(\.0))
    }
    return common
  }
}
