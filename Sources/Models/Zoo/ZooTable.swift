private import Architectures
private import Foundation

/// One table of published models that share data set, codec and folder.
struct ZooTable {
  enum Codec { case classic, dark, udp, udpCombined, simcc }

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
  /// Name-hash_date, network, and figures. The input's height and width stand in the name.
  var rows: String

  var models: [ZooModel] {
    rows.split(separator: "\n").compactMap { model(row: $0) }
  }

  /// nil where the row is not as it should be, which the tests rule out.
  func model(row: Substring) -> ZooModel? {
    let fields = row.split(separator: " ")
    guard fields.count == 2 + figures.count, let dash = fields[0].lastIndex(of: "-"),
      let size = fields[0].firstMatch(of: /(\d{3})x(\d{3})/), let height = Int(size.1), let width = Int(size.2),
      let architecture = Architecture(zooName: String(fields[1])),
      let checkpoint = URL(string: "https://download.openmmlab.com/mmpose/\(folder)/\(fields[0]).pth")
    else { return nil }
    let version = fields[0][dash...].dropFirst().split(separator: "_")
    guard version.count == 2, version[0].count == 8 else { return nil }
    let name = String(fields[0][..<dash])
    return ZooModel(
      name: namesEndInDate ? "\(name)_\(version[1])" : name, dataSet: dataSet, checkpoint: checkpoint,
      hash: String(version[0]), sha256: PinnedHashes.byFileName[checkpoint.lastPathComponent],
      network: String(fields[1]), architecture: architecture,
      description: PoseDescription(
        inputWidth: width, inputHeight: height, keypointSet: keypointSet, codec: codec(longerSide: max(width, height)),
        usesUDPCrop: usesPlainCrop ? false : nil),
      figures: zip(figures, fields.dropFirst(2)).map { .init(name: $0, value: String($1)) })
  }

  /// Targets of deviation 2 are blurred with a kernel of 11, those of 3, for the larger input, with 17.
  private func codec(longerSide: Int) -> KeypointCodec {
    let blurKernel = blurKernel ?? (longerSide >= 384 ? 17 : 11)
    return switch codec {
    case .classic: .heatmap
    case .dark: .heatmapDark(blurKernel: blurKernel)
    case .udp: .heatmapUDP(blurKernel: blurKernel)
    case .udpCombined: .heatmapUDPCombined(blurKernel: blurKernel, radiusFactor: 0.0546875)
    case .simcc: .simcc(splitRatio: 2, darkSigma: nil)
    }
  }
}
