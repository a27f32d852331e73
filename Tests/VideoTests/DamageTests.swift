internal import Foundation
internal import Imaging
internal import TestSupport
import Testing
internal import Timing
internal import Video

/// Streams of which bytes were overwritten or lost: what comes out is no matter of chance.
@Suite struct `Damaged streams` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Reading: Equatable {
    var times: [Double]
    var pictures: [Image]
    var damage: DecodeDamage

    /// In what the other differs.
    func difference(_ other: Reading) -> [String] {
      let picture = zip(pictures, other.pictures).enumerated().first { $1.0 != $1.1 }?.offset
      return (times != other.times ? ["times \(times.count), \(other.times.count)"] : [])
        + (damage != other.damage ? [damage.sentence, other.damage.sentence] : [])
        + (picture.map { ["picture \($0)"] } ?? [])
    }
  }

  private func read(_ url: URL, threads: Int) throws -> Reading {
    var options = VideoReaderOptions()
    options.threads = threads
    let reader = try VideoReader(source: url, options: options)
    let frames = try reader.all()
    return Reading(times: frames.map(\.time.seconds), pictures: frames.map(\.image), damage: reader.damage)
  }

  private func sample(_ encoder: String, _ options: [String: String]) -> SampleVideo {
    var sample = SampleVideo(width: 320, height: 240, frames: 100)
    (sample.encoder, sample.encoderOptions, sample.bFrames) = (encoder, options, encoder == "mpeg4" ? 0 : 2)
    sample.colour = { frame, x, y in
      let wave = UInt8(truncatingIfNeeded: (x + 3 * frame) ^ (y - 2 * frame))
      return (wave, 255 - wave, UInt8(truncatingIfNeeded: x &* 2 &+ frame))
    }
    return sample
  }

  /// Threads of a decoder go on complaining until they are ended.
  @Test func `readers are left while their threads decode damage`() throws {
    var data = try Data(contentsOf: sample("libx264", ["preset": "veryfast"]).write(to: folder.file("a.mkv")))
    for place in stride(from: 3000, to: data.count, by: 150) { data[place] ^= 0x5A }
    try data.write(to: folder.file("b.mkv"))
    var options = VideoReaderOptions()
    options.threads = 8
    for round in 0..<80 {
      let reader = try VideoReader(source: folder.file("b.mkv"), options: options)
      for _ in 0...round % 8 { #expect(try reader.next() != nil) }
    }
  }

  @Test(arguments: [
    ("libx264", ["preset": "veryfast", "x264-params": "keyint=20:slices=1"]),
    ("libx264", ["preset": "veryfast", "x264-params": "keyint=20:open-gop=1:slices=1"]),
    ("libx264", ["preset": "veryfast", "x264-params": "intra-refresh=1:keyint=20"]),
    ("mpeg4", [:]),
  ])
  func `the same pictures and damage in every run`(encoder: String, options: [String: String]) throws {
    let whole = try sample(encoder, options).write(to: folder.file("a.mkv"))
    let clean = try read(whole, threads: 1)
    #expect(clean.damage.isEmpty && clean.pictures.count == 100)
    #expect(try read(whole, threads: 8).difference(clean) == [])
    for seed in 1...3 as ClosedRange<UInt64> {
      var data = try Data(contentsOf: whole)
      var random = SeededRandom(seed: seed)
      for _ in 0..<3 {
        let place = Int.random(in: data.count / 4..<data.count / 2, using: &random)
        for offset in 0..<40 { data[place + offset] = UInt8.random(in: 0...255, using: &random) }
      }
      try data.write(to: folder.file("b.mkv"))
      let first = try read(folder.file("b.mkv"), threads: 1)
      for threads in [2, 8, 16, 8] {
        let difference = try read(folder.file("b.mkv"), threads: threads).difference(first)
        #expect(difference.isEmpty, "seed \(seed), \(threads) threads: \(difference)")
      }
      // Behind the damage all is as it was.
      #expect(first.pictures.last == clean.pictures.last)
    }
  }

  @Test func `a stream that begins inside a group of pictures is read alike in every run`() throws {
    let sample = sample("libx264", ["preset": "veryfast", "x264-params": "keyint=40"])
    let data = try Data(contentsOf: sample.write(to: folder.file("a.ts")))
    try data.dropFirst(data.count / 188 / 5 * 188).write(to: folder.file("b.ts"))
    let first = try read(folder.file("b.ts"), threads: 1)
    #expect((60..<100).contains(first.pictures.count))
    for threads in [2, 8, 16] { #expect(try read(folder.file("b.ts"), threads: threads).difference(first) == []) }
  }
}
