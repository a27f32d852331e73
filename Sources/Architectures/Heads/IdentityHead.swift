internal import Inference

/// Puts out what a backbone gives that writes the maps itself.
package struct IdentityHead: Head {
  package static let type = "identity"
  package static let published = IdentityHead()

  package init() {}

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard features.channels == task.outputs * (task.people == .tagged ? 2 : 1) else {
      throw ArchitectureError(
        "an identity head needs a backbone that writes the maps itself, such as \(Hourglass.type)")
    }
    writer.builder.output(features.value, name: "output")
  }
}
