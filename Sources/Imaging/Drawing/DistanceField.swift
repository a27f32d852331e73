internal import CKernels

/// A shape by the signed distance of every position to its edge, negative inside: coverage of a pixel follows from the
/// distance of its centre. The formulas are those of Inigo Quilez, *2D distance functions*.
protocol DistanceField {
  var minY: Float { get }
  var maxY: Float { get }
  /// The columns of a row that may hold part of the shape; the second run is for shapes that are hollow there.
  func columns(_ y: Float) -> (ColumnRun, ColumnRun?)
  func distance(_ x: Float, _ y: Float) -> Float

  /// Raises the coverage of the pixels `columns` of row `y`, which lies at `row`, to what the shape covers of them, times
  /// `scale`. Whole tiles may be read and written.
  func cover(_ columns: Range<Int>, _ y: Float, scale: Float, _ row: UnsafeMutablePointer<UInt8>)
}

extension DistanceField {
  func cover(_ columns: Range<Int>, _ y: Float, scale: Float, _ row: UnsafeMutablePointer<UInt8>) {
    for x in columns {
      let share = max(0, min(1, 0.5 - distance(Float(x), y)))
      row[x] = max(row[x], UInt8(share * scale + 0.5))
    }
  }
}

struct ColumnRun {
  var from: Float
  var to: Float
}

struct LineField: DistanceField {
  let ax, ay, dx, dy, radius, inverseSquare: Float
  /// Half the width of the line along a row, and the growth of x from row to row.
  private let reach, slope: Float

  init(_ ax: Float, _ ay: Float, _ bx: Float, _ by: Float, radius: Float) {
    (self.ax, self.ay, self.radius) = (ax, ay, radius)
    (dx, dy) = (bx - ax, by - ay)
    let square = dx * dx + dy * dy
    inverseSquare = square > 1e-12 ? 1 / square : 0
    reach = abs(dy) > 1e-3 ? (radius + 1) * square.squareRoot() / abs(dy) : .infinity
    slope = abs(dy) > 1e-3 ? dx / dy : 0
  }

  var minY: Float { min(ay, ay + dy) - radius }
  var maxY: Float { max(ay, ay + dy) + radius }

  func columns(_ y: Float) -> (ColumnRun, ColumnRun?) {
    let middle = ax + (y - ay) * slope
    let from = max(min(ax, ax + dx) - radius, middle - reach)
    let to = min(max(ax, ax + dx) + radius, middle + reach)
    return (ColumnRun(from: from, to: to), nil)
  }

  var kernelShape: CKLine {
    CKLine(ax: ax, ay: ay, dx: dx, dy: dy, inverseSquare: inverseSquare, radius: radius)
  }

  func cover(_ columns: Range<Int>, _ y: Float, scale: Float, _ row: UnsafeMutablePointer<UInt8>) {
    var shape = kernelShape
    PixelKernels.widest.cover_line(&shape, y, columns.lowerBound, columns.upperBound, scale, row)
  }

  func distance(_ x: Float, _ y: Float) -> Float {
    let px = x - ax
    let py = y - ay
    let share = max(0, min(1, (px * dx + py * dy) * inverseSquare))
    let ex = px - share * dx
    let ey = py - share * dy
    return (ex * ex + ey * ey).squareRoot() - radius
  }
}

struct RingField: DistanceField {
  let x, y, radius, halfWidth: Float

  var minY: Float { y - radius - halfWidth }
  var maxY: Float { y + radius + halfWidth }

  func columns(_ row: Float) -> (ColumnRun, ColumnRun?) {
    (ColumnRun(from: x - radius - halfWidth, to: x + radius + halfWidth), nil)
  }

  func distance(_ px: Float, _ py: Float) -> Float {
    let dx = px - x
    let dy = py - y
    return abs((dx * dx + dy * dy).squareRoot() - radius) - halfWidth
  }
}

struct RectangleField: DistanceField {
  let x, y, halfWidth, halfHeight, corner: Float

  var minY: Float { y - halfHeight }
  var maxY: Float { y + halfHeight }

  func columns(_ row: Float) -> (ColumnRun, ColumnRun?) {
    (ColumnRun(from: x - halfWidth, to: x + halfWidth), nil)
  }

  func distance(_ px: Float, _ py: Float) -> Float {
    let qx = abs(px - x) - halfWidth + corner
    let qy = abs(py - y) - halfHeight + corner
    let ox = max(qx, 0)
    let oy = max(qy, 0)
    return (ox * ox + oy * oy).squareRoot() + min(max(qx, qy), 0) - corner
  }
}

struct FrameField: DistanceField {
  let outline: RectangleField
  let halfStroke: Float

  var minY: Float { outline.minY - halfStroke }
  var maxY: Float { outline.maxY + halfStroke }

  func columns(_ row: Float) -> (ColumnRun, ColumnRun?) {
    let left = outline.x - outline.halfWidth
    let right = outline.x + outline.halfWidth
    let rim = max(halfStroke, outline.corner) + 1
    if row > outline.minY + rim, row < outline.maxY - rim, right - left > 2 * rim {
      return (
        ColumnRun(from: left - halfStroke, to: left + halfStroke),
        ColumnRun(from: right - halfStroke, to: right + halfStroke)
      )
    }
    return (ColumnRun(from: left - halfStroke, to: right + halfStroke), nil)
  }

  var kernelShape: CKFrame {
    CKFrame(
      x: outline.x, y: outline.y, halfWidth: outline.halfWidth, halfHeight: outline.halfHeight, corner: outline.corner,
      halfStroke: halfStroke)
  }

  func cover(_ columns: Range<Int>, _ y: Float, scale: Float, _ row: UnsafeMutablePointer<UInt8>) {
    var shape = kernelShape
    PixelKernels.widest.cover_frame(&shape, y, columns.lowerBound, columns.upperBound, scale, row)
  }

  func distance(_ px: Float, _ py: Float) -> Float {
    abs(outline.distance(px, py)) - halfStroke
  }
}

struct EllipseField: DistanceField {
  let x, y, radiusX, radiusY: Float

  var minY: Float { y - radiusY }
  var maxY: Float { y + radiusY }

  func columns(_ row: Float) -> (ColumnRun, ColumnRun?) {
    (ColumnRun(from: x - radiusX, to: x + radiusX), nil)
  }

  /// To first order, which is exact enough at the edge, where it counts.
  func distance(_ px: Float, _ py: Float) -> Float {
    let ux = (px - x) / radiusX
    let uy = (py - y) / radiusY
    let gx = ux / radiusX
    let gy = uy / radiusY
    let scale = (ux * ux + uy * uy).squareRoot()
    let gradient = (gx * gx + gy * gy).squareRoot()
    return gradient > 1e-9 ? scale * (scale - 1) / gradient : -min(radiusX, radiusY)
  }
}
