internal import Imaging
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

@Suite struct `Fitting a frame to the detector` {
  private func description(_ fit: DetectorDescription.Fit, width: Int = 320, height: Int = 320) -> DetectorDescription {
    DetectorDescription(
      inputWidth: width, inputHeight: height,
      pixels: PixelFormat(channelOrder: .bgr, mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395]), fit: fit,
      format: "rtmdet")
  }

  private func noise(_ width: Int, _ height: Int) -> Image {
    var state: UInt32 = 7
    return Image(
      width: width, height: height,
      pixels: (0..<width * height * 3).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(state >> 24)
      })
  }

  /// Input pixels as bytes in RGB order, the normalisation undone.
  private func levels(_ image: Image, _ description: DetectorDescription) -> (fit: FrameFit, values: [Float]) {
    let fit = FrameFit(.rgb(image), description)
    let scaling = PixelScaling(
      mean: description.pixels.mean, deviation: description.pixels.std, reversesChannels: true)
    let size = fit.inputWidth * fit.inputHeight
    var planes = [Float](repeating: .nan, count: 3 * size)
    planes.withUnsafeMutableBufferPointer { fit.draw(.rgb(image), scaling: scaling, into: $0.baseAddress!) }
    let values = (0..<size).flatMap { pixel in
      (0..<3).map { channel in
        planes[(2 - channel) * size + pixel] * description.pixels.std[2 - channel]
          + description.pixels.mean[2 - channel]
      }
    }
    return (fit, values)
  }

  @Test(arguments: [(640, 425, 320, 213), (425, 640, 213, 320), (100, 50, 320, 160), (1920, 1080, 320, 180)])
  func `A frame is resized as OpenCV does, to one level, and the rest is grey`(
    _ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int
  ) {
    let image = noise(width, height)
    let (fit, values) = levels(image, description(.letterbox(.init(position: .topLeft))))
    #expect((fit.width, fit.height) == (newWidth, newHeight))
    let expected = image.resized(width: newWidth, height: newHeight)
    var worst: Float = 0
    for y in 0..<320 {
      for x in 0..<320 {
        for channel in 0..<3 {
          let value = values[(y * 320 + x) * 3 + channel]
          let inside = x < newWidth && y < newHeight
          let wanted = inside ? Float(expected.pixels[(y * newWidth + x) * 3 + channel]) : 114
          worst = max(worst, abs(value - wanted))
        }
      }
    }
    #expect(worst < 1.01)
  }

  @Test func `Boxes go back to the frame with each axis' own factor`() {
    let fit = FrameFit(.rgb(Image(width: 640, height: 425)), description(.letterbox(.init(position: .topLeft))))
    let box = fit.frameBox(Box(x: 10, y: 20, width: 100, height: 50))
    #expect(abs(box.x - 20) < 1e-9)
    #expect(abs(box.y - 20 * 425 / 213.0) < 1e-9)
    #expect(abs(box.height - 50 * 425 / 213.0) < 1e-9)
  }

  @Test func `A centred letterbox has the same margin on both sides`() {
    let fit = FrameFit(.rgb(Image(width: 640, height: 320)), description(.letterbox(.init(position: .center))))
    #expect((fit.left, fit.top, fit.width, fit.height) == (0, 80, 320, 160))
    #expect(fit.frameBox(Box(x: 0, y: 80, width: 320, height: 160)) == Box(x: 0, y: 0, width: 640, height: 320))
  }

  @Test(arguments: [(1920, 1080, 384, 224), (1080, 1920, 224, 384), (640, 480, 384, 288), (5000, 10, 384, 32)])
  func `A network of free size gets the shape of the frame`(
    _ width: Int, _ height: Int, _ inputWidth: Int, _ inputHeight: Int
  ) {
    let letterbox = DetectorDescription.Letterbox(position: .topLeft, longestSide: 384, multiple: 32)
    let fit = FrameFit(.rgb(Image(width: width, height: height)), description(.letterbox(letterbox)))
    #expect((fit.inputWidth, fit.inputHeight) == (inputWidth, inputHeight))
  }

  @Test func `Stretching fills the input`() {
    let (fit, values) = levels(noise(97, 31), description(.stretch, width: 64, height: 48))
    #expect((fit.width, fit.height) == (64, 48))
    #expect(values.allSatisfy { $0 > -1 && $0 < 256 })
    #expect(fit.frameBox(Box(x: 32, y: 24, width: 32, height: 24)) == Box(x: 48.5, y: 15.5, width: 48.5, height: 15.5))
  }
}
