internal import Inference

/// Puts out what a backbone gives that writes the maps itself.
public struct IdentityHead: Head {
  public static let type = "identity"
  public static let published = IdentityHead()

  public init() {}

  public func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard features.channels == task.outputs + (task.tagMaps ?? 0) else {
      throw ArchitectureError(
        "an identity head needs a backbone that writes the maps itself, such as \(Hourglass.type)")
    }
    writer.builder.output(features.value, name: "output")
  }
}
