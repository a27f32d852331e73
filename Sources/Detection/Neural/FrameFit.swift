internal import Imaging
internal import Models
internal import Pose

/// Where a frame lies in a detector's input.
///
/// Sizes and factors as mmdet's `Resize` with `keep_ratio`: new size = int(size · s + 0.5), and the way back divides each
/// axis by its own new / old.
struct FrameFit: Hashable {
  let inputWidth: Int
  let inputHeight: Int
  /// The frame after scaling.
  let width: Int
  let height: Int
  /// The place of the scaled frame's top-left corner.
  let left: Int
  let top: Int
  /// nil for the network's mean.
  let fill: UInt8?
  private let frameWidth: Int
  private let frameHeight: Int

  init(_ picture: Picture, _ description: DetectorDescription) {
    frameWidth = picture.width
    frameHeight = picture.height
    guard case .letterbox(let letterbox) = description.fit else {
      (inputWidth, inputHeight) = (description.inputWidth, description.inputHeight)
      (width, height, left, top, fill) = (inputWidth, inputHeight, 0, 0, 0)
      return
    }
    func scaled(_ size: Int, _ factor: Double) -> Int { max(1, Int(Double(size) * factor + 0.5)) }
    let (frameWidth, frameHeight) = (Double(picture.width), Double(picture.height))
    if let longestSide = letterbox.longestSide, let multiple = letterbox.multiple {
      let factor = min(
        Double(longestSide) / max(frameWidth, frameHeight),
        letterbox.shortestSide.map { Double($0) / min(frameWidth, frameHeight) } ?? .infinity)
      (width, height) = (scaled(picture.width, factor), scaled(picture.height, factor))
      inputWidth = (width + multiple - 1) / multiple * multiple
      inputHeight = (height + multiple - 1) / multiple * multiple
    } else {
      (inputWidth, inputHeight) = (description.inputWidth, description.inputHeight)
      let factor = min(Double(inputWidth) / frameWidth, Double(inputHeight) / frameHeight)
      width = min(inputWidth, scaled(picture.width, factor))
      height = min(inputHeight, scaled(picture.height, factor))
    }
    let isCentered = letterbox.position == .center
    left = isCentered ? (inputWidth - width) / 2 : 0
    top = isCentered ? (inputHeight - height) / 2 : 0
    fill = letterbox.value
  }

  /// From pixels of the input to pixels of the frame.
  func frameBox(_ box: Box) -> Box {
    let x = Double(frameWidth) / Double(width)
    let y = Double(frameHeight) / Double(height)
    return Box(
      x: (box.x - Double(left)) * x, y: (box.y - Double(top)) * y, width: box.width * x, height: box.height * y)
  }

  /// From pixels of the input to pixels of the frame.
  func framePoint(x: Double, y: Double) -> Point {
    let corner = frameBox(Box(x: x, y: y, width: 0, height: 0))
    return Point(x: corner.x, y: corner.y)
  }

  /// Writes the network's three planes: the frame resized, normalised and put in its place in one pass.
  func draw(_ picture: Picture, scaling: PixelScaling, into planes: UnsafeMutablePointer<Float>) {
    let size = inputWidth * inputHeight
    if width < inputWidth || height < inputHeight {
      for plane in 0..<3 {
        let value = fill.map { (Float($0) * scaling.scale - scaling.mean[plane]) / scaling.deviation[plane] } ?? 0
        (planes + plane * size).update(repeating: value, count: size)
      }
    }
    picture.sample(
      columns: .resizing(picture.width, to: width), rows: .resizing(picture.height, to: height), border: .edge,
      scaling: scaling, into: planes + top * inputWidth + left, rowStride: inputWidth, planeStride: size)
  }
}
