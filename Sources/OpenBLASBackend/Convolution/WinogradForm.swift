/// A form of Winograd's minimal filtering: square tiles of the result, made with fewer products than taps × pixels.
struct WinogradForm: Hashable {
  /// Pixels of a tile in either direction: 2 or 4.
  var tile: Int
  /// Taps of the kernel in either direction: 2 or 3.
  var taps: Int

  /// Pixels that a tile sees in either direction.
  var edge: Int { tile + taps - 1 }
  /// Products a tile.
  var positions: Int { edge * edge }

  func tiles(_ length: Int) -> Int { (length + tile - 1) / tile }

  /// The form that takes the least time for a convolution of stride 1; nil where that is not a fifth less than multiplying
  /// directly takes, since the transformed weights fill more memory. Counted are multiplications for each input and output,
  /// with those that fill up the last tiles and vectors, what a weight takes to come from memory, and what the transforms
  /// take, which many inputs and outputs share.
  static func fastest(
    taps: Int, inputs: Int, outputs: Int, images: Int, height: Int, width: Int, columns: Int
  ) -> WinogradForm? {
    guard inputs >= 16, outputs >= 16 else { return nil }
    let (weight, transform) = (24.0, 16.0)
    let vector = columns / 2
    func filled(_ count: Int) -> Double { Double((count + vector - 1) / vector * vector) }
    func time(_ form: WinogradForm) -> Double {
      let tiles = images * form.tiles(height) * form.tiles(width)
      let transforms = transform / Double(inputs) + transform / Double(outputs)
      return Double(form.positions) * (filled(tiles) + weight) * (1 + transforms)
    }
    let direct = Double(taps * taps) * (Double(images) * filled(height * width) + weight)
    let fastest = [WinogradForm(tile: 4, taps: taps), WinogradForm(tile: 2, taps: taps)].min { time($0) < time($1) }
    return fastest.flatMap { 5 * time($0) < 4 * direct ? $0 : nil }
  }
}
