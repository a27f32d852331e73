internal import Files
internal import Foundation
private import Inference

/// A published detector without weights, of one of the families there are.
package struct DetectorArchitecture: Sendable {
  /// The families of detectors.
  package static let families: [any DetectorFamily.Type] = [RTMDet.self, YOLOX.self, YOLOv3.self, RegionCNN.self]

  package var network: any DetectorFamily

  package init(_ network: some DetectorFamily) {
    self.network = network
  }

  /// The network: one N × 3 × H × W picture called `input` in; the raw maps of all levels out, as its format says.
  ///
  /// - Parameter input: height and width of the pictures; nil for a network that takes any.
  /// - Throws: `ArchitectureError` where sizes contradict each other.
  package func blueprint(input: (height: Int, width: Int)?, classes: Int) throws -> NetworkBlueprint {
    var writer = NetworkWriter()
    let value = writer.builder.input("input", shape: [nil, 3, input?.height, input?.width])
    try network.write(FeatureMap(value: value, channels: 3), classes: classes, to: &writer)
    return writer.blueprint(renamings: type(of: network).renamings)
  }
}

/// A family of detectors with its sizes; see `NetworkPart`. A new one is a type of its own, named once in
/// `DetectorArchitecture.families`.
package protocol DetectorFamily: NetworkPart {
  /// Throws `ArchitectureError` where sizes contradict each other.
  func write(_ picture: FeatureMap, classes: Int, to writer: inout NetworkWriter) throws
}

extension DetectorArchitecture: Hashable {
  package static func == (first: DetectorArchitecture, second: DetectorArchitecture) -> Bool {
    AnyHashable(first.network) == AnyHashable(second.network)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(network))
  }
}

/// `{"type": "rtmdet", …}` with the sizes that differ from the published ones. A written architecture states everything.
extension DetectorArchitecture: Codable {
  /// Throws `ArchitectureError` that names the key.
  package init(from decoder: any Decoder) throws {
    let part = try PartDescription(JSONValue(from: decoder), "architecture", of: Self.families) { $0.type }
    func open(_ family: (some DetectorFamily).Type) throws -> any DetectorFamily { try part.part(of: family) }
    network = try open(part.family)
  }

  package func encode(to encoder: any Encoder) throws {
    func open(_ part: some DetectorFamily) throws -> JSONValue { try JSONValue(describing: part) }
    try open(network).encode(to: encoder)
  }
}
