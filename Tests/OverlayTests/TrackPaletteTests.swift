internal import Imaging
internal import Overlay
import Testing

@Suite struct `Colours of tracks` {
  private func distance(_ a: Colour, _ b: Colour) -> Int {
    abs(Int(a.red) - Int(b.red)) + abs(Int(a.green) - Int(b.green)) + abs(Int(a.blue) - Int(b.blue))
  }

  @Test func `Consecutive tracks have colours far apart`() {
    let colours = (0..<40).map { TrackPalette().colour(of: $0) }
    for first in 0..<40 {
      for second in first + 1..<min(first + 5, 40) { #expect(distance(colours[first], colours[second]) > 60) }
    }
    #expect(Set(colours).count == 40)
  }

  @Test(arguments: [0, 1, 2, 17, 399, -3, Int.max, Int.min])
  func `Numbers can be read on every plate`(trackID: Int) {
    let colour = TrackPalette().colour(of: trackID)
    let ink = colour.readableInk
    let contrast = (max(colour.luminance, ink.luminance) + 0.05) / (min(colour.luminance, ink.luminance) + 0.05)
    #expect(contrast >= 4.5)
  }
}
