/// Curves of precision over recall.
struct PrecisionRecallPlot {
  private var curves: [(name: String, points: [(recall: Double, precision: Double)])] = []

  /// Adds a curve; shares are in 0…1.
  mutating func add(_ name: String, _ points: [(recall: Double, precision: Double)]) { curves.append((name, points)) }

  var svg: String {
    let (side, margin) = (400.0, 50.0)
    var picture = SVGPicture(width: side + margin + 200, height: side + 2 * margin)
    func place(_ recall: Double, _ precision: Double) -> (x: Double, y: Double) {
      (margin + recall * side, margin + (1 - precision) * side)
    }
    for tenth in stride(from: 0, through: 10, by: 2) {
      let share = Double(tenth) / 10
      picture.line([place(share, 0), place(share, 1)], colour: "#dddddd", width: 0.5)
      picture.line([place(0, share), place(1, share)], colour: "#dddddd", width: 0.5)
      picture.text("\(share)", x: place(share, 0).x, y: margin + side + 16, anchor: "middle")
      picture.text("\(share)", x: margin - 6, y: place(0, share).y + 4, anchor: "end")
    }
    picture.text("recall", x: margin + side / 2, y: margin + side + 34, anchor: "middle")
    picture.text("precision", x: margin, y: margin - 12)
    for (index, curve) in curves.enumerated() {
      picture.line(curve.points.map { place($0.recall, $0.precision) }, colour: SVGPicture.colour(index))
      let y = margin + 14 * Double(index)
      picture.rectangle(x: margin + side + 16, y: y, width: 18, height: 3, colour: SVGPicture.colour(index))
      picture.text(curve.name, x: margin + side + 40, y: y + 5)
    }
    return picture.svg
  }
}
