internal import Foundation

/// A colour in sRGB with an opacity.
public struct Colour: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8
  /// 0 (invisible) … 1.
  public var opacity: Double

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  public static let black = Colour(0, 0, 0)
  public static let white = Colour(255, 255, 255)

  /// The colour `share` of the way to `other`, 0…1.
  public func mixed(with other: Colour, share: Double) -> Colour {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * min(max(share, 0), 1)).rounded())
    }
    return Colour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue), opacity: opacity)
  }

  /// Relative luminance as WCAG 2 defines it, 0…1.
  public var luminance: Double {
    func linear(_ level: UInt8) -> Double {
      let value = Double(level) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Black or white, whichever is easier to read on this colour (WCAG 2 contrast).
  public var readableInk: Colour {
    (luminance + 0.05) * (luminance + 0.05) > 0.05 * 1.05 ? .black : .white
  }
}
