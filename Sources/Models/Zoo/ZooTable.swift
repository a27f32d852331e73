private import Architectures
private import Foundation

/// One table of published models that share data set, codec and folder.
struct ZooTable {
  enum Codec {
    case classic, dark, udp, udpCombined, simcc
    /// People of whole pictures, read as mmpose 0.x or 1.x does.
    case grouped, groupedAligned, groupedUDP, grouped1
    /// People of whole pictures as centres and displacements, rated by these links.
    case regressed(SPRSettings.Rescoring)
  }

  var dataSet: String
  var keypointSet: String
  var codec: Codec
  /// Of the checkpoints, below `https://download.openmmlab.com/mmpose/`.
  var folder: String
  /// The columns after the first two.
  var figures: [String]
  /// For a publication whose models were replaced by newer ones of the same name.
  var namesEndInDate = false
  /// Of DARK and UDP, where it is not the one that belongs to the size of the input.
  var blurKernel: Int?
  /// For models that were trained and measured on plain crops in spite of their codec.
  var usesPlainCrop = false
  /// Name-hash_date or name_hash-date, network, and figures. The input's height and width stand in the name. A model that goes by another name than
  /// its checkpoint, since that is published with other figures too, has it in front: `name=checkpoint`.
  var rows: String

  var models: [ZooModel] {
    rows.split(separator: "\n").compactMap { model(row: $0) }
  }

  /// nil where the row is not as it should be, which the tests rule out.
  func model(row: Substring) -> ZooModel? {
    let fields = row.split(separator: " ")
    guard fields.count == 2 + figures.count, let file = fields[0].split(separator: "=").last,
      let version = file.wholeMatch(of: /(.+)(?:-([0-9a-f]{8})_|_([0-9a-f]{8})-)(\d{8})/),
      let hash = version.2 ?? version.3,
      let size = file.firstMatch(of: /(\d{3})x(\d{3})/), let height = Int(size.1), let width = Int(size.2),
      let architecture = Architecture(zooName: String(fields[1])),
      let checkpoint = URL(string: "https://download.openmmlab.com/mmpose/\(folder)/\(file).pth")
    else { return nil }
    let name = String(fields[0].firstIndex(of: "=").map { fields[0][..<$0] } ?? version.1)
    return ZooModel(
      name: namesEndInDate ? "\(name)_\(version.4)" : name, dataSet: dataSet, checkpoint: checkpoint,
      hash: String(hash), sha256: PinnedHashes.byFileName[checkpoint.lastPathComponent],
      network: String(fields[1]), architecture: architecture,
      description: description(width, height),
      figures: zip(figures, fields.dropFirst(2)).map { .init(name: $0, value: String($1)) })
  }

  private func description(_ width: Int, _ height: Int) -> ModelDescription {
    func pose(_ codec: KeypointCodec) -> ModelDescription {
      .pose(
        PoseDescription(
          inputWidth: width, inputHeight: height, keypointSet: keypointSet, codec: codec,
          usesUDPCrop: usesPlainCrop ? false : nil))
    }
    func bottomUp(_ codec: GroupingCodec) -> ModelDescription {
      .bottomUp(
        BottomUpDescription(inputWidth: width, inputHeight: height, keypointSet: keypointSet, codec: codec))
    }
    // Targets of deviation 2 are blurred with a kernel of 11, those of 3, for the larger input, with 17.
    let blurKernel = blurKernel ?? (max(width, height) >= 384 ? 17 : 11)
    switch codec {
    case .classic: return pose(.heatmap)
    case .dark: return pose(.heatmapDark(blurKernel: blurKernel))
    case .udp: return pose(.heatmapUDP(blurKernel: blurKernel))
    case .udpCombined: return pose(.heatmapUDPCombined(blurKernel: blurKernel, radiusFactor: 0.0546875))
    case .simcc: return pose(.simcc(splitRatio: 2, darkSigma: nil))
    case .grouped: return bottomUp(.heatmapParser(HeatmapParserSettings()))
    case .groupedAligned:
      var settings = HeatmapParserSettings()
      settings.alignsCorners = true
      return bottomUp(.heatmapParser(settings))
    case .groupedUDP: return bottomUp(.heatmapParser(HeatmapParserSettings(usesUDP: true)))
    case .grouped1: return bottomUp(.associativeEmbedding(.published))
    case .regressed(let rescoring): return bottomUp(.spr(.published(rescoring)))
    }
  }
}

extension AssociativeEmbeddingSettings {
  /// As mmpose 1.x configures its published model.
  fileprivate static let published = {
    var settings = AssociativeEmbeddingSettings()
    (settings.candidates, settings.centerShift, settings.maximumInstances) = (30, 0.5, 30)
    (settings.sizeFactor, settings.resizeMode, settings.restoresHeatmapSize) = (64, .expand, true)
    return settings
  }()
}

extension SPRSettings {
  /// As mmpose 1.x configures its published models.
  fileprivate static func published(_ rescoring: Rescoring) -> SPRSettings {
    var settings = SPRSettings()
    (settings.nearbyDistance, settings.shiftsFlippedOutput, settings.resizeMode) = (0.05, true, .expand)
    settings.rescoring = rescoring
    return settings
  }
}
