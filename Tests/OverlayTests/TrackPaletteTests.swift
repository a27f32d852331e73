internal import Imaging
internal import Overlay
import Testing

@Suite struct `Colours of tracks` {
  private func distance(_ a: Color, _ b: Color) -> Int {
    abs(Int(a.red) - Int(b.red)) + abs(Int(a.green) - Int(b.green)) + abs(Int(a.blue) - Int(b.blue))
  }

  @Test func `Consecutive tracks have colours far apart`() {
    let colors = (0..<40).map { TrackPalette().color(of: $0) }
    for first in 0..<40 {
      for second in first + 1..<min(first + 5, 40) { #expect(distance(colors[first], colors[second]) > 60) }
    }
    #expect(Set(colors).count == 40)
  }

  @Test(arguments: [0, 1, 2, 17, 399, -3, Int.max, Int.min])
  func `Numbers can be read on every plate`(trackID: Int) {
    let color = TrackPalette().color(of: trackID)
    let ink = color.readableInk
    let contrast = (max(color.luminance, ink.luminance) + 0.05) / (min(color.luminance, ink.luminance) + 0.05)
    #expect(contrast >= 4.5)
  }
}
