internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing

@testable internal import Video

/// The motion that decoders export, of videos whose motion is known.
@Suite struct `Motion vectors` {
  private let folder = try! TemporaryFolder()

  /// Levels of 0…255 that chance gives to the corners of cells, and between them.
  private static func noise(_ x: Double, _ y: Double, cell: Double) -> Double {
    func corner(_ column: Double, _ row: Double) -> Double {
      var random = SeededRandom(seed: UInt64(bitPattern: Int64(column) &* 7919 &+ Int64(row) &* 104_729))
      return Double(UInt8.random(in: 0...255, using: &random))
    }
    let (column, row) = ((x / cell).rounded(.down), (y / cell).rounded(.down))
    let (right, down) = (x / cell - column, y / cell - row)
    let above = corner(column, row) * (1 - right) + corner(column + 1, row) * right
    let below = corner(column, row + 1) * (1 - right) + corner(column + 1, row + 1) * right
    return above * (1 - down) + below * down
  }

  /// A pattern without repeats that moves by 3 pixels to the right and 1 down in each frame.
  private func sample(
    _ encoder: String, bFrames: Int32 = 0, options: [String: String] = [:], frames: Int = 14, turns: Int = 0
  ) -> SampleVideo {
    var sample = SampleVideo(width: 160, height: 96, frames: frames)
    sample.encoder = encoder
    sample.encoderOptions = options
    sample.bFrames = bFrames
    sample.quarterTurns = turns
    sample.colour = { frame, x, y in
      let (x, y) = (Double(x - 3 * frame), Double(y - frame))
      let level = UInt8(0.35 * Self.noise(x, y, cell: 4) + 0.65 * Self.noise(x + 9, y, cell: 16))
      return (level, level, level)
    }
    return sample
  }

  private func frames(_ sample: SampleVideo, _ name: String, stride: Int = 1, threads: Int = 0) throws -> [Frame] {
    let url = folder.url.appending(path: name)
    if !FileManager.default.fileExists(atPath: url.path) { try sample.write(to: url) }
    return try VideoReader.frames(url) { options in
      options.wantsMotion = true
      options.stride = stride
      options.threads = threads
    }
  }

  /// The part of points in the picture that move so.
  private func share(_ path: MotionPath, by x: Double, _ y: Double, in frame: Frame) -> Double {
    let points = stride(from: 24, to: frame.height - 24, by: 6).flatMap { row in
      stride(from: 24, to: frame.width - 24, by: 6).map { Point(x: Double($0), y: Double(row)) }
    }
    let right = zip(points, path.moved(points)).count { from, to in
      to.map { abs($0.x - from.x - x) < 0.4 && abs($0.y - from.y - y) < 0.4 } ?? false
    }
    return Double(right) / Double(points.count)
  }

  /// With the pictures of the fourteen that tell, at least, and the part of them that tell it right for nine points of ten.
  @Test(arguments: [
    ("libx264", 0, [:], 13), ("libx264", 3, [:], 13), ("libx264", 2, ["x264-params": "b-pyramid=none"], 13),
    ("mpeg4", 0, [:], 11), ("mpeg4", 2, [:], 3), ("mpeg2video", 0, [:], 11), ("mpeg2video", 2, [:], 10),
  ])
  func `decoded pictures tell how what they show moved`(
    encoder: String, bFrames: Int, options: [String: String], least: Int
  ) throws {
    let sample = sample(encoder, bFrames: Int32(bFrames), options: options)
    let frames = try frames(sample, "\(encoder)-\(bFrames).mkv")
    #expect(frames.count == 14 && frames[0].motion == nil)
    let shares = frames.compactMap { frame in frame.motion.map { share($0, by: 3, 1, in: frame) } }
    #expect(shares.count >= least, "\(shares)")
    #expect(shares.sorted()[shares.count / 2] > 0.9, "\(shares)")
    #expect(shares.reduce(0, +) / Double(max(1, shares.count)) > 0.7, "\(shares)")
  }

  @Test func `motion is turned as the picture is`() throws {
    for (turns, x, y) in [(1, -1.0, 3.0), (2, -3, -1), (3, 1, -3)] {
      let sample = sample("libx264", turns: turns)
      let frames = try frames(sample, "turned-\(turns).mp4")
      let shares = frames.dropFirst().compactMap { frame in frame.motion.map { share($0, by: x, y, in: frame) } }
      #expect(shares.count == 13)
      #expect(shares.sorted()[6] > 0.9, "\(turns): \(shares)")
    }
  }

  @Test func `over a stride the motion of all pictures counts`() throws {
    let frames = try frames(sample("libx264"), "stride.mkv", stride: 3)
    let paths = frames.dropFirst().compactMap(\.motion)
    #expect(paths.count == 4 && paths.allSatisfy { $0.fields.count == 3 })
    #expect(share(paths[1], by: 9, 3, in: frames[2]) > 0.8)
  }

  @Test func `threads make no difference`() throws {
    let sample = sample("libx264", bFrames: 3, frames: 40)
    let points = (0..<60).map { Point(x: 20 + Double($0 % 10) * 12, y: 20 + Double($0 / 10) * 10) }
    let moved = try [1, 2, 4].map { threads in
      try frames(sample, "threads.mkv", threads: threads).map { $0.motion?.moved(points) }
    }
    #expect(moved[0].compactMap(\.self).count > 30)
    #expect(moved[1] == moved[0] && moved[2] == moved[0])
  }

  @Test func `pictures of other codecs, and where nobody asks, tell nothing`() throws {
    let frames = try frames(sample("ffv1"), "lossless.mkv")
    #expect(frames.count == 14 && frames.allSatisfy { $0.motion == nil })
    let url = try sample("mpeg4").write(to: folder.url.appending(path: "unasked.mkv"))
    #expect(try VideoReader.frames(url).allSatisfy { $0.motion == nil })
  }
}
