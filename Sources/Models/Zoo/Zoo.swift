/// The published networks that the program knows by name, from the model tables of mmpose (Apache 2.0), versions 0.x and 1.x.
package enum Zoo {
  package static let models: [ZooModel] = tables.flatMap(\.models)

  static let tables: [ZooTable] = [
    ZooTable.simpleBaseline, ZooTable.hrnet, ZooTable.viPNAS, ZooTable.cspnext, ZooTable.simCC, ZooTable.rtmpose,
    ZooTable.lightNetworks, ZooTable.viTPose, ZooTable.bottomUp, ZooTable.dekr,
  ].flatMap { $0 }

  /// Detectors, from the model tables of mmdetection and mmpose.
  package static let detectors: [ZooDetector] = detectorTables.flatMap(\.models)

  static let detectorTables = DetectorTable.oneStage + DetectorTable.regionCNN

  /// All of them, pose networks first.
  package static let all: [any PublishedModel] = models + detectors

  package static func model(named name: String) -> ZooModel? {
    models.first { $0.name == name }
  }

  /// The model whose published checkpoint has this file name.
  static func published(ofFile fileName: String) -> (any PublishedModel)? {
    all.first { $0.fileName == fileName }
  }

  package static func published(named name: String) -> (any PublishedModel)? {
    all.first { $0.name == name }
  }

  /// Names that a mistyped one may have meant, the likeliest first: those with the most pieces in common.
  package static func suggestions(for name: String) -> [String] {
    let wanted = pieces(name)
    let scored = all.map { (name: $0.name, score: pieces($0.name).intersection(wanted).count) }
    let best = scored.map(\.score).max() ?? 0
    return best == 0 ? [] : scored.filter { $0.score == best }.map(\.name)
  }

  private static func pieces(_ name: String) -> Set<Substring> {
    Set(name.lowercased().split { !($0.isLetter || $0.isNumber) })
  }
}
