internal import Foundation
internal import Imaging
internal import Pose
internal import TestSupport
import Testing
private import Timing
internal import Video

/// Real footage. The expectations are what ffprobe -show_frames says.
@Suite struct `Reading clips made by others` {
  struct Clip: Sendable {
    var path: String
    var size: String
    var count: Int
    var codec: String
    var unit: Int64
    /// Of the frames at these indices, in units of 1/`unit` seconds.
    var ticks: [Int: Int64]
  }

  @Test(arguments: [
    Clip(
      path: "clips/rotation-90.mov", size: "320x568", count: 3, codec: "h264", unit: 19200,
      ticks: [0: 0, 1: 640, 2: 1280]),
    Clip(path: "clips/rotation-0.mov", size: "568x320", count: 3, codec: "h264", unit: 19200, ticks: [2: 1280]),
    Clip(
      path: "clips/h264_10bits.mp4", size: "200x200", count: 30, codec: "h264", unit: 15360, ticks: [0: 0, 29: 14848]),
    Clip(
      path: "clips/sign-language-walk.mkv", size: "640x480", count: 89, codec: "h264", unit: 1000,
      ticks: [0: 0, 1: 33, 2: 67, 88: 2933]),
    Clip(
      path: "clips/street-8-people-5-frames.mp4", size: "960x540", count: 5, codec: "h264", unit: 10240,
      ticks: [0: 0, 4: 8192]),
    Clip(
      path: "posetrack18/videos/000001_mpiinew_test/000001_mpiinew_test.mp4", size: "1280x720", count: 5,
      codec: "mpeg4", unit: 15360, ticks: [0: 0, 4: 2048]),
    Clip(
      path: "posetrack18/videos/000001_mpiinew_test", size: "1280x720", count: 5, codec: "mjpeg", unit: 25,
      ticks: [0: 0, 4: 4]),
  ])
  func `a real clip has the size, frames and times that ffprobe tells`(clip: Clip) throws {
    let url = try SharedFiles.file("media/\(clip.path)")
    let reader = try VideoReader(source: url)
    #expect(reader.info.size == clip.size)
    #expect(reader.info.codec == clip.codec)
    #expect(Int64(reader.info.format.timeBase.denominator) == clip.unit)
    let frames = try reader.all()
    #expect(frames.count == clip.count)
    for (index, ticks) in clip.ticks { #expect(frames[index].time.ticks == ticks) }
    #expect(reader.damage.isEmpty && reader.warnings.isEmpty)
  }

  @Test func `PoseTrack's frames carry their names`() throws {
    let url = try SharedFiles.file("media/posetrack18/videos/000001_mpiinew_test")
    let names = try VideoReader.frames(url).map(\.name)
    #expect(names == (0..<5).map { "00000\($0).jpg" })
  }
}
