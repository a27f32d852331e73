private import Foundation

/// A colour in CIELAB with the white point D65: distances are about as large as differences look (CIE 15:2004).
public struct LabColour: Hashable, Sendable {
  /// L*, 0…100.
  public var lightness: Float
  /// a*, from green to red.
  public var redness: Float
  /// b*, from blue to yellow.
  public var yellowness: Float

  /// - Parameters: sRGB, IEC 61966-2-1.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    let (r, g, b) = (Self.linear[Int(red)], Self.linear[Int(green)], Self.linear[Int(blue)])
    let x = Self.compressed((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
    let y = Self.compressed(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
    let z = Self.compressed((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
    (lightness, redness, yellowness) = (116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  private static let linear: [Float] = (0..<256).map {
    let value = Float($0) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  private static func compressed(_ value: Float) -> Float {
    value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
  }
}
