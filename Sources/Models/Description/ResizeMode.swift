/// How mmpose's `BottomupResize` brings a picture to the size of an input.
package enum ResizeMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// The picture fits into the input.
  case fit
  /// The picture covers the input, which grows with it.
  case expand
}
