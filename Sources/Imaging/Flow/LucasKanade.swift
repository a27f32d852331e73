internal import CKernels
private import Foundation
package import Pose

/// Sparse optical flow: where points of one picture are in another, found window by window from small sizes of the pictures to
/// the full one (Lucas and Kanade, *An Iterative Image Registration Technique*, IJCAI 1981; Bouguet, *Pyramidal Implementation of
/// the Lucas Kanade Feature Tracker*, 2000). Windows, numbers of steps and what counts as lost are those of OpenCV's
/// `calcOpticalFlowPyrLK` at its defaults.
package struct LucasKanade: Sendable {
  package struct Match: Sendable {
    package var point: Point
    /// The mean difference of the two windows, in levels of 0…255.
    package var difference: Double
  }

  /// Side of the window around a point, in pixels.
  static let window = Int(CKFlowWindow)
  /// Steps for a size of the pictures at most, and the length of one, in pixels, that is the last.
  private static let steps = 30
  private static let precision = 0.01
  /// Windows whose slopes are smaller in some direction (the smaller eigenvalue of their mean products) tell no place. In OpenCV's unit.
  private static let leastEigenvalue = 1e-4
  /// Of the products of two slopes, and of a slope and a level, which are both 32 times what they stand for.
  private static let unit = 1.0 / Double(1 << 20)

  private let kernels: CKFlowKernels

  package init() { self.init(ck_kernels(ck_level()).flow) }

  init(_ kernels: CKFlowKernels) { self.kernels = kernels }

  /// Where the points of a picture are in another of the same size; nil where they are lost.
  package func matches(of points: [Point], from: FlowPyramid, to: FlowPyramid) -> [Match?] {
    let count = Self.window * Int(CKFlowRow)
    return withUnsafeTemporaryAllocation(of: Int16.self, capacity: 3 * count) { numbers in
      let levels = numbers.baseAddress
      let patch = CKFlowPatch(
        levels: levels, slopesX: levels.map { $0 + count }, slopesY: levels.map { $0 + 2 * count })
      return points.map { match(of: $0, from, to, patch) }
    }
  }

  private func match(of point: Point, _ from: FlowPyramid, _ to: FlowPyramid, _ patch: CKFlowPatch) -> Match? {
    guard point.x.isFinite, point.y.isFinite else { return nil }
    let top = min(from.levels.count, to.levels.count) - 1
    var guess = point.scaled(by: 1 / Double(1 << top))
    var difference: Double?
    for level in (0...top).reversed() {
      if level < top { guess = guess.scaled(by: 2) }
      let place = point.scaled(by: 1 / Double(1 << level))
      difference = refine(&guess, of: place, from.levels[level], to.levels[level], patch, needsDifference: level == 0)
    }
    return difference.map { Match(point: guess, difference: $0) }
  }

  /// Moves `guess` to where the window around `place` is seen; nil where it is lost.
  private func refine(
    _ guess: inout Point, of place: Point, _ from: FlowPyramid.Level, _ to: FlowPyramid.Level, _ patch: CKFlowPatch,
    needsDifference: Bool
  ) -> Double? {
    guard let spot = Spot(around: place, in: from) else { return nil }
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: 3) { sums in
      spot.use(in: from) { kernels.take_patch($0, spot.range(in: from), patch, sums.baseAddress) }
      (xx, xy, yy) = (Double(sums[0]) * Self.unit, Double(sums[1]) * Self.unit, Double(sums[2]) * Self.unit)
    }
    let determinant = xx * yy - xy * xy
    let spread = ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot()
    let eigenvalue = (xx + yy - spread) / Double(2 * Self.window * Self.window)
    guard eigenvalue >= Self.leastEigenvalue, determinant >= Double(Float.ulpOfOne) else { return nil }

    var before: Point?
    for _ in 0..<Self.steps {
      guard let spot = Spot(around: guess, in: to) else { return nil }
      var (x, y) = (0.0, 0.0)
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2) { sums in
        spot.use(in: to) { kernels.compare_patch($0, patch, sums.baseAddress) }
        (x, y) = (Double(sums[0]) * Self.unit, Double(sums[1]) * Self.unit)
      }
      let step = Point(x: (xy * y - yy * x) / determinant, y: (xy * x - xx * y) / determinant)
      guess = Point(x: guess.x + step.x, y: guess.y + step.y)
      if step.x * step.x + step.y * step.y <= Self.precision * Self.precision { break }
      // To and fro: the middle is as near as it gets.
      if let before, abs(step.x + before.x) < Self.precision, abs(step.y + before.y) < Self.precision {
        guess = Point(x: guess.x - step.x / 2, y: guess.y - step.y / 2)
        break
      }
      before = step
    }
    guard needsDifference, let spot = Spot(around: guess, in: to) else { return nil }
    let sum = spot.use(in: to) { kernels.patch_difference($0, patch) }
    return Double(sum) / Double(32 * Self.window * Self.window)
  }
}

/// The window around a point, at least in touch with the picture.
private struct Spot {
  private let (column, row): (Int, Int)
  private let (partX, partY): (Double, Double)

  init?(around point: Point, in level: FlowPyramid.Level) {
    let half = Double(LucasKanade.window / 2)
    let (left, top) = ((point.x - half).rounded(.down), (point.y - half).rounded(.down))
    let reach = Double(-LucasKanade.window)
    guard left >= reach, top >= reach, left < Double(level.width), top < Double(level.height) else { return nil }
    (column, row) = (Int(left), Int(top))
    (partX, partY) = (point.x - half - left, point.y - half - top)
  }

  func use<Result>(in level: FlowPyramid.Level, _ body: (UnsafePointer<CKFlowSpot>) -> Result) -> Result {
    let whole = Double(1 << 14)
    let here = Int32(((1 - partX) * (1 - partY) * whole).rounded())
    let right = Int32((partX * (1 - partY) * whole).rounded())
    let below = Int32(((1 - partX) * partY * whole).rounded())
    return level.withPixels { pixels, stride in
      var spot = CKFlowSpot(
        pixels: pixels + row * stride + column, stride: stride, here: here, right: right, below: below,
        diagonal: Int32(whole) - here - right - below)
      return body(&spot)
    }
  }

  func range(in level: FlowPyramid.Level) -> CKFlowRange {
    CKFlowRange(
      firstRow: Int32(-row), endRow: Int32(level.height - row), firstColumn: Int32(-column),
      endColumn: Int32(level.width - column))
  }
}

extension Point {
  fileprivate func scaled(by factor: Double) -> Point { Point(x: x * factor, y: y * factor) }
}
