private import Architectures
private import Foundation

/// One table of published detectors of a family and a data set, from the model tables of mmdetection, mmpose and YOLOX (Apache
/// 2.0).
struct DetectorTable {
  var dataSet: String
  var server = "https://download.openmmlab.com/"
  /// On the server.
  var folder: String
  var figure = "box AP"
  /// The network of that name in these tables, and how it is used for pictures of so many pixels a side.
  var description: @Sendable (_ network: String, _ size: Int) -> DetectorDescription?
  /// Path, network, input size and figure. A name without a hash has a pinned one.
  var rows: String

  var models: [ZooDetector] {
    rows.split(separator: "\n").compactMap { model(row: $0) }
  }

  /// nil where the row is not as it should be, which the tests rule out.
  func model(row: Substring) -> ZooDetector? {
    let fields = row.split(separator: " ")
    guard fields.count == 4, let size = Int(fields[2]), let description = description(String(fields[1]), size),
      let checkpoint = URL(string: "\(server)\(folder)/\(fields[0]).pth"),
      let file = fields[0].split(separator: "/").last,
      let parts = file.wholeMatch(of: /(.+?)(?:_bbox_mAP-[\d.]+)?(?:_\d{8}(?:_\d{6})?)?(?:-([0-9a-f]{8}))?/)
    else { return nil }
    let pinned = PinnedHashes.byFileName[checkpoint.lastPathComponent]
    guard let hash = parts.2 ?? pinned?.prefix(8) else { return nil }
    return ZooDetector(
      name: String(parts.1), dataSet: dataSet, checkpoint: checkpoint, hash: String(hash), sha256: pinned,
      network: String(fields[1]),
      figures: [.init(name: figure, value: String(fields[3]))], description: description)
  }
}
