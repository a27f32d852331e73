internal import Foundation
private import Imaging
private import Pose
private import Timing
private import Video

/// A folder for one test, removed with it.
final class Workplace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "posetrail-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    try? FileManager.default.removeItem(at: folder)
  }

  func url(_ name: String) -> URL { folder.appending(path: name) }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url(name).path) }

  func run(_ arguments: String...) throws -> Posetrail.Outcome { try Posetrail.run(arguments, in: folder) }

  /// The names in a folder; none where there is no such folder.
  func contents(_ name: String) throws -> [String] {
    guard has(name) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: url(name).path).sorted()
  }

  /// A bright square that wanders over a grey ground; `times` in milliseconds.
  @discardableResult
  func makeVideo(
    _ name: String, times: [Int64], width: Int = 96, height: Int = 64, cuts: [Int] = []
  ) throws -> URL {
    let format = PictureFormat(width: width, height: height, timeBase: Rational(1, 1000))
    let writer = try VideoWriter(destination: url(name), format: format)
    for (index, time) in times.enumerated() {
      let scene = cuts.count { $0 <= index }
      var luma = [UInt8](repeating: 90, count: width * height)
      if scene > 0 {
        for place in luma.indices { luma[place] = Self.level(scene, place % width / 8, place / width / 8) }
      }
      for row in 16..<40 {
        for column in 0..<16 { luma[row * width + (index * 2 + column) % width] = 220 }
      }
      let chroma = Plane(width: (width + 1) / 2, height: (height + 1) / 2, level: UInt8(128 + scene * 67 % 90))
      try writer.write(
        PlanarImage(
          matrix: .bt601, isFullRange: false, luma: Plane(width: width, height: height, bytes: luma),
          blueChroma: chroma, redChroma: chroma), time: MediaTime(ticks: time, denominator: 1000))
    }
    try writer.finish()
    return url(name)
  }

  /// The lightness of a block of a scene's background.
  private static func level(_ scene: Int, _ column: Int, _ row: Int) -> UInt8 {
    UInt8(16 + (scene * 7919 + column * column * 101 + row * 613 + column * row * scene * 37) % 200)
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: url(name))
  }

  /// Presentation times of all frames, in seconds.
  func times(_ name: String) throws -> [Double] {
    let reader = try VideoReader(source: url(name))
    var times: [Double] = []
    while let frame = try reader.next() { times.append(frame.time.seconds) }
    return times
  }
}

extension [Int64] {
  /// So many frames, 40 ms apart.
  static func steady(_ count: Int) -> [Int64] { (0..<count).map { Int64($0) * 40 } }
}
