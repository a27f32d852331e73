internal import Foundation
internal import Imaging
private import Synchronization
internal import TestSupport
import Testing
private import Timing
internal import Video

@Suite struct `Bad input` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func code(_ url: URL) -> VideoError.Code? {
    do throws(VideoError) {
      _ = try VideoReader(source: url)
      return nil
    } catch {
      #expect(error.description.contains(url.path(percentEncoded: false)), "the message names the file")
      return error.code
    }
  }

  private func write(_ name: String, _ data: Data) throws -> URL {
    try data.write(to: folder.file(name))
    return folder.file(name)
  }

  @Test func `files that are no videos are refused with a reason`() throws {
    #expect(code(folder.file("missing.mp4")) == .missing)
    #expect(try code(write("empty.mp4", Data())) == .empty)
    #expect(try code(write("text.mp4", Data("hello, I am a text\n".utf8))) == .notAVideo)
    #expect(try code(write("notes.txt", Data("hello, I am a text\n".utf8))) == .notAVideo)
    #expect(try code(write("zero.mkv", Data(count: 10_000))) == .notAVideo)
    #expect(code(folder.url) == .noImages)
    #expect(code(URL(filePath: "/dev/null")) == .notAFile)
    let address = try #require(URL(string: "http://127.0.0.1/a.mp4"))
    #expect(code(address) == .unsupportedAddress)
    #expect(mkfifo(folder.file("pipe.mp4").path, 0o600) == 0)
    #expect(code(folder.file("pipe.mp4")) == .notAFile)
  }

  @Test(arguments: [
    ("-", "standard input"), ("rtsp://127.0.0.1/live", "address"), ("http://127.0.0.1/a.mp4", "address"),
  ])
  func `what is no file is named with the way out`(name: String, word: String) {
    let error = #expect(throws: VideoError.self) { try VideoReader(source: URL(filePath: name)) }
    #expect(error?.code == .unsupportedAddress && error?.message.contains(word) == true)
    #expect(error?.message.hasSuffix("and give that") == true)
  }

  @Test func `sound without pictures is refused`() throws {
    var sample = SampleVideo()
    sample.times = []
    sample.tones = [SampleVideo.Tone(encoder: "pcm_s16le")]
    // A video track without a single frame.
    #expect(try code(sample.write(to: folder.file("none.mkv"))) != nil)
    let header = Data(
      "RIFF\u{24}\u{8}\0\0WAVEfmt \u{10}\0\0\0\u{1}\0\u{1}\0\0}\0\0\0\u{0}\0\0\u{2}\0\u{10}\0data\0\u{8}\0\0".utf8)
    #expect(try code(write("a.wav", header + Data(count: 2048))) == .noVideoStream)
  }

  @Test func `an MP4 without its index says so`() throws {
    let data = try Data(contentsOf: SampleVideo(frames: 30).write(to: folder.file("a.mp4")))
    #expect(try code(write("cut.mp4", data.prefix(data.count / 2))) == .truncated)
  }

  @Test(arguments: ["mkv", "mp4"])
  func `a file cut in the middle gives what is there and tells that it was cut`(container: String) throws {
    var sample = SampleVideo(frames: 200)
    sample.tones = [SampleVideo.Tone()]
    let whole = try sample.write(to: folder.file("a.\(container)"))
    var data = try Data(contentsOf: whole)
    if container == "mp4" {
      // With the index in front.
      let front = folder.file("front.mp4")
      var options = VideoWriterOptions()
      options.preset = "ultrafast"
      var reading = VideoReaderOptions()
      reading.wantsPlanar = true
      let reader = try VideoReader(source: whole, options: reading)
      let writer = try VideoWriter(destination: front, format: reader.info.format, options: options)
      while let frame = try reader.next() { try writer.write(#require(frame.planar), time: frame.time) }
      try writer.finish()
      data = try Data(contentsOf: front)
    }
    let reader = try VideoReader(source: write("cut.\(container)", data.prefix(data.count * 6 / 10)))
    let count = try reader.all().count
    #expect((20..<190).contains(count))
    #expect(reader.damage.lostPackets > 0)
    #expect(reader.damage.firstMessage != nil)
  }

  @Test func `every missing picture of an MP4 with its index in front is counted`() throws {
    var sample = SampleVideo(frames: 16)
    sample.muxerOptions = ["movflags": "+faststart"]
    let whole = try sample.write(to: folder.file("a.mp4"))
    let data = try Data(contentsOf: whole)
    let start = try #require(data.range(of: Data("mdat".utf8))).upperBound
    let reader = try VideoReader(source: write("cut.mp4", data.prefix(start + (data.count - start) * 2 / 3)))
    let count = try reader.all().count
    #expect((1..<16).contains(count))
    #expect(reader.damage.lostPackets >= 16 - count)
    let undamaged = try VideoReader(source: whole)
    #expect(try undamaged.all().count == 16 && undamaged.damage.isEmpty)
  }

  /// Less than a second is missing, and less than a fiftieth.
  @Test(arguments: ["mkv", "avi"])
  func `a file whose last hundredth is missing says so`(container: String) throws {
    var sample = SampleVideo(frames: 1000)
    sample.encoder = "mpeg4"
    sample.encoderOptions = [:]
    let whole = try sample.write(to: folder.file("a.\(container)"))
    let data = try Data(contentsOf: whole)
    let end = try #require(
      data.range(
        of: Data((container == "avi" ? "idx1" : "\u{1C}S\u{BB}k").unicodeScalars.map { UInt8($0.value) }),
        options: .backwards)?.lowerBound)
    let reader = try VideoReader(source: write("cut.\(container)", data.prefix(end - data.count / 100)))
    #expect((950..<1000).contains(try reader.all().count))
    #expect(!reader.damage.isEmpty)
    let undamaged = try VideoReader(source: whole)
    #expect(try undamaged.all().count == 1000 && undamaged.damage.isEmpty)
  }

  @Test func `a fragmented MP4 has more pictures than the index in front counts`() throws {
    var sample = SampleVideo(frames: 40)
    sample.encoderOptions["x264-params"] = "keyint=10"
    sample.muxerOptions = ["movflags": "frag_keyframe"]
    let whole = try sample.write(to: folder.file("a.mp4"))
    let reader = try VideoReader(source: whole)
    #expect(!reader.info.isFrameCountStated)
    let frames = try reader.all()
    #expect(frames.count == 40 && reader.damage.isEmpty)
    #expect(frames.allSatisfy { abs(($0.duration?.seconds ?? 0) - 0.04) < 1e-6 })
    let data = try Data(contentsOf: whole)
    let end = try #require(data.range(of: Data("moof".utf8), options: .backwards)?.lowerBound)
    let cut = try VideoReader(source: write("cut.mp4", data.prefix(end + 400)))
    #expect((30..<40).contains(try cut.all().count))
    #expect(!cut.damage.isEmpty)
  }

  @Test(arguments: [[], .backwards] as [Data.SearchOptions])
  func `a fragment that states millions of pictures takes no memory for them`(options: Data.SearchOptions) throws {
    var sample = SampleVideo(frames: 40)
    sample.encoderOptions["x264-params"] = "keyint=10"
    sample.muxerOptions = ["movflags": "frag_keyframe"]
    var data = try Data(contentsOf: sample.write(to: folder.file("a.mp4")))
    let run = try #require(data.range(of: Data("trun".utf8), options: options)).upperBound
    // No sizes or durations of their own, so that nothing need follow.
    data.replaceSubrange(run..<run + 8, with: [0, 0, 0, 0, 3, 1, 0, 0])
    let damaged = try write("damaged.mp4", data)
    let error = try #require(throws: VideoError.self) { try VideoReader(source: damaged) }
    #expect(error.code == .notAVideo && error.description.contains("index"), "\(error)")
  }

  /// Their demuxers look for the next piece that makes sense, and give no error.
  @Test(arguments: ["mkv", "flv"])
  func `a part of a file that is skipped is told`(container: String) throws {
    var sample = SampleVideo(frames: 200)
    sample.encoderOptions["x264-params"] = "keyint=1"
    let data = try Data(contentsOf: sample.write(to: folder.file("a.\(container)")))
    let whole = try VideoReader(source: folder.file("a.\(container)"))
    #expect(try whole.all().count == 200 && whole.damage.isEmpty)
    for place in [0.3, 0.5, 0.8] {
      var broken = data
      let start = Int(place * Double(data.count))
      broken.replaceSubrange(start..<start + 3000, with: Data(count: 3000))
      let reader = try VideoReader(source: write("b.\(container)", broken))
      #expect(try reader.all().count < 200)
      #expect(!reader.damage.isEmpty, "at \(place)")
    }
  }

  @Test func `an encrypted video is called so`() throws {
    var sample = SampleVideo(frames: 20)
    sample.muxerOptions = [
      "encryption_scheme": "cenc-aes-ctr", "encryption_key": "76a6c65c5ea762046bd749a2e632ccbb",
      "encryption_kid": "a7e61c373e219033c21091fa607bf3b8",
    ]
    #expect(try code(sample.write(to: folder.file("a.mp4"))) == .encrypted)
  }

  @Test func `an animated WebP is called so`() throws {
    var sample = SampleVideo(frames: 3)
    (sample.encoder, sample.encoderOptions) = ("libwebp_anim", [:])
    let error = #expect(throws: VideoError.self) { try VideoReader(source: sample.write(to: folder.file("a.webp"))) }
    #expect(error?.message.contains("animated WebP") == true)
  }

  @Test func `flipped bytes cost some frames at most`() throws {
    var data = try Data(contentsOf: SampleVideo(frames: 60).write(to: folder.file("a.mkv")))
    var random = SeededRandom(seed: 3)
    for _ in 0..<60 {
      let place = Int.random(in: 2000..<data.count - 500, using: &random)
      data[place] ^= 0x55
    }
    let reader = try VideoReader(source: write("flipped.mkv", data))
    #expect((1...60).contains(try reader.all().count))
    #expect(!reader.damage.isEmpty)
  }

  @Test func `any single flipped byte in the head of a file ends in frames or an error`() throws {
    let data = try Data(contentsOf: SampleVideo(frames: 2).write(to: folder.file("a.mp4")))
    for place in stride(from: 0, to: data.count, by: max(1, data.count / 150)) {
      var broken = data
      broken[place] ^= 0xFF
      let url = try write("broken.mp4", broken)
      do throws(VideoError) {
        let reader = try VideoReader(source: url)
        while try reader.next() != nil {}
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test func `a video of huge pictures is refused before memory is taken`() throws {
    var data = try Data(contentsOf: SampleVideo(frames: 2).write(to: folder.file("a.mp4")))
    // Width and height in the description of the stream.
    let place = try #require(data.range(of: Data("avc1".utf8), options: .backwards)).upperBound + 24
    data.replaceSubrange(place..<place + 4, with: [0x40, 0, 0x20, 0])
    #expect(try code(write("huge.mp4", data)) == .tooLarge)
  }

  @Test func `huge sizes are refused before memory is taken`() throws {
    // A PNG header that claims 100000 x 100000 pixels.
    var png = Image(width: 4, height: 4).png()
    png.replaceSubrange(16..<24, with: [0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0])
    #expect(try code(write("huge.png", png)) != nil)
    var bitmap = Data("BM".utf8) + Data(count: 12) + Data([40, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0x10, 1, 0, 24, 0])
    bitmap += Data(count: 100)
    #expect(try code(write("huge.bmp", bitmap)) != nil)
  }

  @Test(arguments: [
    ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n"),
    ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\ndata:video/mp4;base64,AAAA\n#EXT-X-ENDLIST\n"),
    ("list.ffconcat", "ffconcat version 1.0\nfile tcp://127.0.0.1:9\n"),
    ("list.ffconcat", "ffconcat version 1.0\nfile subfile,,start,0,end,100,,:/etc/passwd\n"),
  ])
  func `playlists do not reach beyond files`(name: String, text: String) throws {
    #expect(try code(write(name, Data(text.utf8))) == .notAVideo)
  }

  /// Of files that are there, of themselves, or of what never ends.
  @Test(arguments: [
    ("clip.mp4", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nclip.mp4\n"),
    ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nreal.ts\n#EXT-X-ENDLIST\n"),
    ("live.ts", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nreal.ts\n"),
    ("list.ffconcat", "ffconcat version 1.0\nfile real.ts\n"),
    ("list.mkv", "ffconcat version 1.0\nfile pipe\n"),
    (
      "list.mpd",
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-live:2011\">"
        + "<Period><AdaptationSet><Representation><BaseURL>real.ts</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ),
    ("list.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n"),
  ])
  func `a playlist is refused for what it is`(name: String, text: String) throws {
    try SampleVideo(frames: 2).write(to: folder.file("real.ts"))
    #expect(mkfifo(folder.file("pipe").path, 0o600) == 0)
    let error = #expect(throws: VideoError.self) { try VideoReader(source: write(name, Data(text.utf8))) }
    #expect(error?.code == .notAVideo && error?.message.contains("a playlist") == true, "\(String(describing: error))")
  }

  @Test func `reading ends where it is interrupted, without damage`() throws {
    let url = try SampleVideo(frames: 500).write(to: folder.file("a.mkv"))
    let error = #expect(throws: VideoError.self) { try VideoReader(source: url, isInterrupted: { true }) }
    #expect(error?.code == .interrupted)
    let isInterrupted = Atomic(false)
    let reader = try VideoReader(source: url, isInterrupted: { isInterrupted.load(ordering: .relaxed) })
    for _ in 0..<10 { #expect(try reader.next() != nil) }
    isInterrupted.store(true, ordering: .relaxed)
    #expect(try reader.all().count < 400)
    #expect(reader.damage.isEmpty)
  }

  @Test func `options that make no sense are refused`() throws {
    let url = try SampleVideo(frames: 2).write(to: folder.file("a.mp4"))
    let changes: [(inout VideoReaderOptions) -> Void] = [
      { options in options.stride = 0 },
      { options in options.maxFrames = -1 },
      { options in options.start = -1 },
      { options in options.end = .nan },
      { options in (options.start, options.end) = (2, 1) },
      { options in options.threads = 1000 },
      { options in options.imageFrameRate = Rational(0, 1) },
    ]
    for change in changes {
      let error = #expect(throws: VideoError.self) { try VideoReader.frames(url, change) }
      #expect(error?.code == .badOption)
    }
  }
}
