internal import Imaging
internal import Pose

extension OverlayRenderer {
  mutating func drawBox(_ person: TrackedPose, on canvas: inout some Canvas, scale: FrameScale) {
    let frame = { (width: Double) in
      Shape.frame(person.pose.box, cornerRadius: scale.boxCorner, width: width)
    }
    mask.add(frame(scale.boxWidth + 2 * scale.outline))
    ink(Colour(0, 0, 0, opacity: 0.3), on: &canvas)
    mask.add(frame(scale.boxWidth))
    ink(palette.colour(of: person.trackID), on: &canvas)
  }

  /// A plate with the track's name or number on the box's top left corner, moved as far as needed to stay in the frame.
  mutating func drawPlate(_ person: TrackedPose, on canvas: inout some Canvas, scale: FrameScale) {
    let box = person.pose.box
    guard box.x.isFinite, box.y.isFinite, box.maxX > 0, box.maxY > 0, box.x < Double(canvas.width),
      box.y < Double(canvas.height)
    else { return }
    let lettering = Lettering(names[person.trackID] ?? "\(person.trackID)", capHeight: scale.capHeight, weight: 0.17)
    let left = options.boxes ? box.x - scale.boxWidth / 2 : box.x + box.width / 2 - plateSize(lettering).width / 2
    let colour = palette.colour(of: person.trackID)
    drawPlate(
      lettering, left: left, bottom: box.y + scale.boxWidth / 2, colour: colour, ink: colour.readableInk, on: &canvas,
      scale: scale)
  }

  mutating func drawCaption(_ caption: String, on canvas: inout some Canvas, scale: FrameScale) {
    let lettering = Lettering(caption, capHeight: scale.captionHeight, weight: 0.12)
    drawPlate(
      lettering, left: scale.margin, bottom: Double(canvas.height) - 1 - scale.margin,
      colour: Colour(0, 0, 0, opacity: 0.55), ink: .white, on: &canvas, scale: scale)
  }

  private func plateSize(_ lettering: Lettering) -> (width: Double, height: Double) {
    let padding = 0.55 * lettering.capHeight
    return (max(lettering.width, 0.6 * lettering.capHeight) + 2 * padding, lettering.capHeight + 1.7 * padding)
  }

  private mutating func drawPlate(
    _ lettering: Lettering, left: Double, bottom: Double, colour: Colour, ink textColour: Colour,
    on canvas: inout some Canvas, scale: FrameScale
  ) {
    let (width, height) = plateSize(lettering)
    let right = Double(canvas.width) - 0.5
    let x = max(-0.5, min(left, right - width)).rounded() - 0.5
    let y = max(0, min(bottom - height, Double(canvas.height) - height)).rounded() - 0.5
    let plate = Box(x: max(x, -0.5), y: y, width: width, height: height)
    let corner = 0.3 * height
    if colour.opacity == 1 {
      mask.add(.frame(plate, cornerRadius: corner, width: 2 * scale.outline))
      ink(Colour(0, 0, 0, opacity: 0.3), on: &canvas)
    }
    mask.add(.rectangle(plate, cornerRadius: corner))
    ink(colour, on: &canvas)
    let origin = Point(
      x: plate.x + (width - lettering.width) / 2, y: (plate.y + (height - lettering.capHeight) / 2).rounded() - 0.5)
    lettering.add(to: &mask, at: origin)
    ink(textColour, on: &canvas)
  }
}
