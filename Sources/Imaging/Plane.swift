internal import Foundation

/// One channel of a picture: rows of bytes.
///
/// A value that many may share: whoever writes to bytes that are shared or borrowed gets a copy of his own first.
public struct Plane: Sendable {
  public let width: Int
  public let height: Int
  private var memory: PlaneMemory

  /// Every byte is `level`.
  public init(width: Int, height: Int, level: UInt8) {
    self.init(width: width, height: height) { pixels, stride in
      pixels.initialize(repeating: level, count: stride * height)
    }
  }

  /// - Parameter bytes: Rows without gaps.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height, "a plane holds one byte a pixel")
    self.init(width: width, height: height) { pixels, stride in
      bytes.withUnsafeBufferPointer { bytes in
        guard let source = bytes.baseAddress else { return }
        for row in 0..<height { memcpy(pixels + row * stride, source + row * width, width) }
      }
    }
  }

  /// Bytes that `fill` writes, all of them: rows `stride` apart.
  public init(width: Int, height: Int, fill: (_ pixels: UnsafeMutablePointer<UInt8>, _ stride: Int) -> Void) {
    self.width = width
    self.height = height
    memory = PlaneMemory(width: width, height: height)
    fill(memory.pixels, memory.stride)
  }

  /// Bytes that belong to `owner`, which leaves them as they are while it lives. Its last reference may go on any thread.
  public init(
    width: Int, height: Int, borrowing pixels: UnsafePointer<UInt8>, stride: Int, from owner: AnyObject
  ) {
    self.width = width
    self.height = height
    memory = PlaneMemory(borrowing: pixels, stride: stride, from: owner)
  }

  /// Reads the rows, `stride` apart.
  public func withPixels<Result>(_ body: (_ pixels: UnsafePointer<UInt8>, _ stride: Int) -> Result) -> Result {
    body(memory.pixels, memory.stride)
  }

  /// Writes to the rows, `stride` apart.
  public mutating func withMutablePixels<Result>(
    _ body: (_ pixels: UnsafeMutablePointer<UInt8>, _ stride: Int) -> Result
  ) -> Result {
    if memory.isBorrowed || !isKnownUniquelyReferenced(&memory) { self = copy(width: width, height: height) }
    return body(memory.pixels, memory.stride)
  }

  public subscript(x: Int, y: Int) -> UInt8 {
    precondition(0..<width ~= x && 0..<height ~= y, "the position lies in the plane")
    return withPixels { pixels, stride in pixels[y * stride + x] }
  }

  /// The rows without gaps.
  public var bytes: [UInt8] {
    (0..<height).flatMap { row in
      withPixels { pixels, stride in Array(UnsafeBufferPointer(start: pixels + row * stride, count: width)) }
    }
  }

  /// A plane with bytes of its own, at least as large; the last column and row are repeated to fill it.
  public func copy(width newWidth: Int, height newHeight: Int) -> Plane {
    precondition(newWidth >= width && newHeight >= height && width > 0 && height > 0, "a copy is no smaller")
    return Plane(width: newWidth, height: newHeight) { target, targetStride in
      withPixels { source, stride in
        for row in 0..<newHeight {
          let line = target + row * targetStride
          memcpy(line, source + min(row, height - 1) * stride, width)
          if newWidth > width { memset(line + width, Int32(line[width - 1]), newWidth - width) }
        }
      }
    }
  }
}

extension Plane: Equatable {
  public static func == (left: Plane, right: Plane) -> Bool {
    guard left.width == right.width, left.height == right.height else { return false }
    return left.withPixels { first, firstStride in
      right.withPixels { second, secondStride in
        (0..<left.height).allSatisfy { memcmp(first + $0 * firstStride, second + $0 * secondStride, left.width) == 0 }
      }
    }
  }
}

/// The bytes under planes.
///
/// `@unchecked Sendable`: its own bytes are written only through a plane that holds the one reference to them, borrowed
/// ones by nobody, and the owner is only kept.
private final class PlaneMemory: @unchecked Sendable {
  let pixels: UnsafeMutablePointer<UInt8>
  let stride: Int
  private let owner: AnyObject?

  /// Rows begin where vector code likes them to. It may read as far beyond the last one.
  private static let alignment = 64

  init(width: Int, height: Int) {
    stride = (width + Self.alignment - 1) / Self.alignment * Self.alignment
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: stride * height + Self.alignment, alignment: Self.alignment)
    pixels = bytes.assumingMemoryBound(to: UInt8.self)
    owner = nil
  }

  init(borrowing pixels: UnsafePointer<UInt8>, stride: Int, from owner: AnyObject) {
    self.pixels = UnsafeMutablePointer(mutating: pixels)
    self.stride = stride
    self.owner = owner
  }

  deinit {
    if owner == nil { UnsafeMutableRawPointer(pixels).deallocate() }
  }

  var isBorrowed: Bool { owner != nil }
}
