internal import CKernels
internal import Foundation
internal import Pose
internal import TestSupport
import Testing

@testable internal import Imaging

/// The kernels of every level against their plain twins, which count in whole numbers, too.
@Suite struct `Flow kernels` {
  /// Above AVX-512 they are the same.
  private static let levels: [KernelLevel] = [.baseline, .avx2, .avx512]
  private static let stride = 64

  /// A picture of noise, wide enough around the pixel that spots are counted from.
  private func noise(_ seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<Self.stride * 64).map { _ in .random(in: 0...255, using: &random) }
  }

  /// What lies at row and column of the window's pixels.
  private struct Window {
    var pixels: [UInt8]
    var (here, right, below, diagonal): (Int, Int, Int, Int)
    var inside: CKFlowRange

    func pixel(_ row: Int, _ column: Int) -> Int { Int(pixels[(row + 8) * 64 + column + 8]) }

    func between(_ value: (Int, Int) -> Int, _ row: Int, _ column: Int, places: Int) -> Int {
      let sum =
        here * value(row, column) + right * value(row, column + 1) + below * value(row + 1, column)
        + diagonal * value(row + 1, column + 1)
      return (sum + (1 << (places - 1))) >> places
    }

    func level(_ row: Int, _ column: Int) -> Int { between(pixel, row, column, places: 9) }

    func slopeX(_ row: Int, _ column: Int) -> Int {
      between(
        { row, column in
          guard isInside(row, column) else { return 0 }
          return [(-1, 3), (0, 10), (1, 3)].reduce(0) { sum, tap in
            sum + tap.1 * (pixel(row + tap.0, column + 1) - pixel(row + tap.0, column - 1))
          }
        }, row, column, places: 14)
    }

    func slopeY(_ row: Int, _ column: Int) -> Int {
      between(
        { row, column in
          guard isInside(row, column) else { return 0 }
          return [(-1, 3), (0, 10), (1, 3)].reduce(0) { sum, tap in
            sum + tap.1 * (pixel(row + 1, column + tap.0) - pixel(row - 1, column + tap.0))
          }
        }, row, column, places: 14)
    }

    private func isInside(_ row: Int, _ column: Int) -> Bool {
      (inside.firstRow..<inside.endRow).contains(Int32(row))
        && (inside.firstColumn..<inside.endColumn).contains(Int32(column))
    }

    func use<Result>(_ body: (UnsafePointer<CKFlowSpot>) -> Result) -> Result {
      pixels.withUnsafeBufferPointer { buffer in
        var spot = CKFlowSpot(
          pixels: buffer.baseAddress! + 8 * 64 + 8, stride: 64, here: Int32(here), right: Int32(right),
          below: Int32(below), diagonal: Int32(diagonal))
        return body(&spot)
      }
    }
  }

  private func window(_ seed: UInt64, inside: CKFlowRange) -> Window {
    var random = SeededRandom(seed: seed)
    let (x, y) = (Int.random(in: 0...128, using: &random), Int.random(in: 0...128, using: &random))
    return Window(
      pixels: noise(seed), here: (128 - x) * (128 - y), right: x * (128 - y), below: (128 - x) * y, diagonal: x * y,
      inside: inside)
  }

  private static let places = (0..<Int(CKFlowWindow)).flatMap { row in
    (0..<Int(CKFlowWindow)).map { (row: row, column: $0) }
  }

  @Test(arguments: levels)
  func `Patches and their comparison are those of plain sums`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().flow
    let (side, row) = (Int(CKFlowWindow), Int(CKFlowRow))
    for (seed, inside) in [
      CKFlowRange(firstRow: -100, endRow: 100, firstColumn: -100, endColumn: 100),
      CKFlowRange(firstRow: 3, endRow: 100, firstColumn: 7, endColumn: 100),
      CKFlowRange(firstRow: -100, endRow: 12, firstColumn: -100, endColumn: 1),
      CKFlowRange(firstRow: 50, endRow: 60, firstColumn: -9, endColumn: -4),
    ].enumerated() {
      let from = window(UInt64(seed) + 1, inside: inside)
      var numbers = [Int16](repeating: .max, count: 3 * side * row)
      numbers.withUnsafeMutableBufferPointer { numbers in
        let start = numbers.baseAddress!
        let patch = CKFlowPatch(levels: start, slopesX: start + side * row, slopesY: start + 2 * side * row)
        var sums: [Int64] = [0, 0, 0]
        from.use { kernels.take_patch($0, inside, patch, &sums) }
        for (y, x) in Self.places {
          let found = [patch.levels, patch.slopesX, patch.slopesY].map { Int($0![y * row + x]) }
          #expect(found == [from.level(y, x), from.slopeX(y, x), from.slopeY(y, x)], "\(y), \(x)")
        }
        #expect((0..<3 * side).allSatisfy { line in (side..<row).allSatisfy { start[line * row + $0] == 0 } })
        let slopes = Self.places.map { (x: from.slopeX($0.row, $0.column), y: from.slopeY($0.row, $0.column)) }
        let products = [slopes.map { $0.x * $0.x }, slopes.map { $0.x * $0.y }, slopes.map { $0.y * $0.y }]
        #expect(sums.map { Int($0) } == products.map { $0.reduce(0, +) })

        let to = window(UInt64(seed) + 100, inside: inside)
        let differences = Self.places.map { to.level($0.row, $0.column) - from.level($0.row, $0.column) }
        to.use { kernels.compare_patch($0, patch, &sums) }
        #expect(Int(sums[0]) == zip(differences, slopes).reduce(0) { $0 + $1.0 * $1.1.x })
        #expect(Int(sums[1]) == zip(differences, slopes).reduce(0) { $0 + $1.0 * $1.1.y })
        let difference = to.use { kernels.patch_difference($0, patch) }
        #expect(Int(difference) == differences.reduce(0) { $0 + abs($1) })
      }
    }
  }

  @Test(arguments: levels)
  func `Rows are halved by the binomial filter`(_ level: KernelLevel) throws {
    let kernels = try level.kernels().flow
    let pixels = noise(5)
    let weights = [1, 4, 6, 4, 1]
    for count in [1, 2, 15, 16, 27] {
      let found = pixels.withUnsafeBufferPointer { pixels in
        let rows: [UnsafePointer<UInt8>?] = (0..<5).map { pixels.baseAddress! + $0 * Self.stride + 4 }
        var (sums, found) = ([UInt16](repeating: 0, count: 2 * count + 4), [UInt8](repeating: 0, count: count))
        kernels.halve_rows(rows, &sums, &found, count)
        return found
      }
      let expected = (0..<count).map { x -> UInt8 in
        var sum = 128
        for (row, down) in weights.enumerated() {
          for (column, across) in weights.enumerated() {
            sum += down * across * Int(pixels[row * Self.stride + 4 + 2 * x + column - 2])
          }
        }
        return UInt8(sum / 256)
      }
      #expect(found == expected)
    }
  }
}
