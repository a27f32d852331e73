/// Whether the two moments that an interlaced picture shows, one in its even and one in its odd rows, are taken apart.
package enum Deinterlacing: String, Hashable, Sendable, Codable, CaseIterable {
  /// Of pictures that are marked as interlaced.
  case auto
  /// Of all pictures.
  case on
  case off
}
