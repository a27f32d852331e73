internal import Foundation
package import Imaging

/// Colours that tell tracks apart: equally light and vivid in Oklab (Ottosson 2020), hues a golden angle from
/// one id to the next, so that any few consecutive ids lie far apart.
package struct TrackPalette: Sendable {
  package init() {}

  package func colour(of trackID: Int) -> Colour {
    let turns = (0.08 + Double(trackID % 10_000) * 0.618_033_988_749_895)
    let lightness = [0.78, 0.68, 0.87, 0.73][abs(trackID % 4)]
    let hue = (turns - turns.rounded(.down)) * 2 * .pi
    var chroma = 0.19
    while chroma > 0.01 {
      if let colour = Self.colour(lightness: lightness, a: chroma * cos(hue), b: chroma * sin(hue)) { return colour }
      chroma -= 0.01
    }
    return .white
  }

  /// The sRGB colour of an Oklab position, nil where sRGB has none.
  private static func colour(lightness: Double, a: Double, b: Double) -> Colour? {
    let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    let linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
    guard linear.allSatisfy({ (0...1).contains($0) }) else { return nil }
    let levels = linear.map { value in
      UInt8((255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055)).rounded())
    }
    return Colour(levels[0], levels[1], levels[2])
  }
}
