internal import Models
internal import Pose

/// How mmpose 1.x brings whole pictures to a network (its transform `BottomupResize`).
struct BottomupResize: Sendable {
  /// The size that the network is described with.
  let input: InputSize
  let sizeFactor: Int
  let mode: ResizeMode
  let usesUDP: Bool

  func fit(width: Int, height: Int) -> PictureFit {
    let (shown, padded) = sizes(width, height)
    let affine: Affine
    if usesUDP {
      let (x, y) = ((shown.width - 1) / Double(width), (shown.height - 1) / Double(height))
      affine = Affine(a: x, b: 0, c: x / 2, d: 0, e: y, f: y / 2)
    } else {
      let factor = shown.width / Double(width)
      affine = Affine(
        a: factor, b: 0, c: (Double(padded.width) - factor * Double(width)) / 2, d: 0, e: factor,
        f: (Double(padded.height) - factor * Double(height)) / 2)
    }
    return PictureFit(width: padded.width, height: padded.height, affine: affine)
  }

  /// From pixels of maps of one size to those of a picture.
  func toPicture(width: Int, height: Int, mapWidth: Int, mapHeight: Int) -> Affine {
    let (shown, padded) = sizes(width, height)
    let span =
      usesUDP
      ? (width: Double(width), height: Double(height))
      : (
        width: Double(width * padded.width) / shown.width, height: Double(height * padded.height) / shown.height
      )
    let margin = usesUDP ? 1.0 : 0
    return inputScale(mapWidth, mapHeight, padded).concatenating(
      Affine(
        a: span.width / Double(padded.width), b: 0, c: (Double(width) - margin - span.width) / 2, d: 0,
        e: span.height / Double(padded.height), f: (Double(height) - margin - span.height) / 2))
  }

  /// From map pixels to those of the input, as for an input of the size that the network is described with.
  private func inputScale(_ mapWidth: Int, _ mapHeight: Int, _ padded: (width: Int, height: Int)) -> Affine {
    func factor(_ input: Int, _ map: Int, _ padded: Int) -> Double {
      let margin = usesUDP ? 1.0 : 0
      return (Double(input) - margin) / (Double(input) * Double(map) / Double(padded) - margin)
    }
    return .scale(
      x: factor(input.width, mapWidth, padded.width), y: factor(input.height, mapHeight, padded.height))
  }

  /// The size that the picture is brought to, and that of the input around it.
  private func sizes(
    _ width: Int, _ height: Int
  ) -> (shown: (width: Double, height: Double), padded: (width: Int, height: Int)) {
    func multiple(_ length: Double) -> Int { .ceiling(length, multipleOf: sizeFactor) }
    let least = (width: multiple(Double(input.width)), height: multiple(Double(input.height)))
    let ratio = Double(width) / Double(height)
    let across = (Double(least.width), Double(least.height) * ratio)
    let down = (Double(least.height), Double(least.width) / ratio)
    switch mode {
    case .fit:
      return ((min(across.0, across.1), min(down.0, down.1)), least)
    case .expand:
      let shown = (width: max(across.0, across.1), height: max(down.0, down.1))
      return (shown, (multiple(shown.width), multiple(shown.height)))
    }
  }
}

extension BottomupResize {
  init(_ settings: AssociativeEmbeddingSettings, of description: BottomUpDescription) {
    self.init(
      input: InputSize(width: description.inputWidth, height: description.inputHeight),
      sizeFactor: settings.sizeFactor, mode: settings.resizeMode, usesUDP: settings.usesUDP)
  }

  init(_ settings: SPRSettings, of description: BottomUpDescription) {
    self.init(
      input: InputSize(width: description.inputWidth, height: description.inputHeight),
      sizeFactor: settings.sizeFactor, mode: settings.resizeMode, usesUDP: false)
  }

  /// Throws `EstimationError` where no input has the size that the network is described with.
  func check(_ name: String) throws {
    guard mode == .fit, [input.width, input.height].contains(where: { !$0.isMultiple(of: sizeFactor) }) else { return }
    throw EstimationError(
      "\(name): \"input_size\" must be multiples of \"size_factor\", \(sizeFactor), with \"resize_mode\" \"fit\"")
  }
}
