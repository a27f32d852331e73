import Imaging
import TestSupport
import Testing

@Suite struct `Where shots begin` {
  /// A wall of rectangles of all sizes and colours of one scene, of which a camera sees a part.
  private struct Place {
    private var pixels: [Colour]
    private static let side = 600

    init(seed: UInt64) {
      var random = SeededRandom(seed: seed)
      let tint = [0, 1, 2].map { _ in Double.random(in: 0.2...1, using: &random) }
      pixels = Array(repeating: Colour(100, 100, 100), count: Self.side * Self.side)
      for _ in 0..<160 {
        let (left, top) = (Int.random(in: 0..<Self.side, using: &random), Int.random(in: 0..<Self.side, using: &random))
        let size = Int.random(in: 20..<150, using: &random)
        let level = Double.random(in: 0...255, using: &random)
        let colour = Colour(UInt8(level * tint[0]), UInt8(level * tint[1]), UInt8(level * tint[2]))
        for y in top..<min(Self.side, top + size) {
          for x in left..<min(Self.side, left + size) { pixels[y * Self.side + x] = colour }
        }
      }
    }

    func seen(x: Int, y: Int = 100, width: Int = 320, height: Int = 180, light: Double = 1, veil: Double = 0) -> Picture
    {
      var image = Image(width: width, height: height)
      for row in 0..<height {
        for column in 0..<width {
          let colour = pixels[(y + row) * Self.side + x + column]
          for (channel, level) in [colour.red, colour.green, colour.blue].enumerated() {
            let lit = min(255, Double(level) * light) * (1 - veil) + 255 * veil
            image.pixels[(row * width + column) * 3 + channel] = UInt8(lit)
          }
        }
      }
      return .rgb(image)
    }
  }

  private func beginnings(_ pictures: [Picture]) -> [Int] {
    var detector = ShotDetector()
    return pictures.indices.filter { detector.begins(pictures[$0]) }
  }

  private func scenes(_ count: Int) -> [Place] { (0..<UInt64(count)).map { Place(seed: $0) } }

  @Test func `unrelated photos are a shot each`() {
    #expect(beginnings(scenes(12).map { $0.seen(x: 100) }) == Array(0..<12))
  }

  @Test func `a cut between moving pictures is found, and nothing else`() {
    let pictures = scenes(6).flatMap { scene in (0..<8).map { scene.seen(x: 40 + 12 * $0) } }
    #expect(beginnings(pictures) == [0, 8, 16, 24, 32, 40])
  }

  @Test func `a camera that shakes or pans fast makes no cut`() {
    let scene = Place(seed: 3)
    let shakes = (0..<12).map { scene.seen(x: 100 + ($0 * 37) % 60, y: 100 + ($0 * 53) % 30) }
    #expect(beginnings(shakes) == [0])
    #expect(beginnings((0..<6).map { scene.seen(x: 50 * $0) }) == [0])
  }

  @Test func `neither light that changes nor a flash makes a cut`() {
    let scene = Place(seed: 4)
    let lights = [1, 0.5, 1, 1.6, 1, 0.3, 1].map { scene.seen(x: 100, light: $0) }
    #expect(beginnings(lights) == [0])
    #expect(beginnings([0, 0.6, 0, 1, 1, 0].map { scene.seen(x: 100, veil: $0) }) == [0])
  }

  @Test func `after a picture without content the one before it counts`() {
    let (one, other) = (Place(seed: 5), Place(seed: 6))
    let black = one.seen(x: 100, light: 0)
    #expect(beginnings([one.seen(x: 100), black, one.seen(x: 110), black, black, other.seen(x: 100)]) == [0, 5])
    #expect(beginnings([black, black, one.seen(x: 100)]) == [0, 2])
  }

  @Test func `a picture of another size begins a shot`() {
    let scene = Place(seed: 7)
    #expect(
      beginnings([scene.seen(x: 100), scene.seen(x: 100, width: 318), scene.seen(x: 100, width: 318)]) == [0, 1])
  }

  @Test func `planes and pixels say the same`() {
    let pictures = scenes(3).flatMap { scene in (0..<3).map { scene.seen(x: 100 + 20 * $0) } }
    let planar = pictures.map { Picture.planar(PlanarImage($0.image)) }
    #expect(beginnings(planar) == beginnings(pictures))
  }

  @Test func `pictures of a few pixels are no trouble`() {
    let tiny = (0..<3).map { _ in Picture.rgb(Image(width: 1, height: 2)) }
    #expect(beginnings(tiny) == [0])
    #expect(beginnings([.none, .none]) == [0])
  }
}
