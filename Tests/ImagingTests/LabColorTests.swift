import Imaging
import Testing

@Suite struct `CIELAB colours` {
  /// Values of OpenCV 4's `cvtColor` (BGR to Lab, floats).
  @Test(arguments: [
    ((255, 255, 255), (100.0, 0.0, 0.0)), ((0, 0, 0), (0, 0, 0)), ((255, 0, 0), (53.24, 80.09, 67.20)),
    ((0, 128, 0), (46.23, -51.70, 49.90)), ((20, 30, 200), (27.40, 57.69, -84.34)), ((3, 2, 1), (0.59, 0.12, 0.47)),
  ])
  func `colours have the published coordinates`(rgb: (UInt8, UInt8, UInt8), lab: (Float, Float, Float)) {
    let colour = LabColour(red: rgb.0, green: rgb.1, blue: rgb.2)
    #expect(abs(colour.lightness - lab.0) < 0.15)
    #expect(abs(colour.redness - lab.1) < 0.15)
    #expect(abs(colour.yellowness - lab.2) < 0.15)
  }
}
