import Imaging
import Pose
import Testing

@testable import Tracking

@Suite struct `Appearance of clothes` {
  private let reader = AppearanceReader(.coco17)

  /// A red shirt above the hips at y = 60 and blue trousers below, before green.
  private func picture() -> Picture {
    var image = Image(width: 120, height: 160)
    for y in 0..<160 {
      for x in 0..<120 {
        let isBody = (40..<80).contains(x)
        let colour: [UInt8] = !isBody ? [0, 128, 0] : y < 60 ? [200, 20, 20] : [20, 20, 200]
        image.pixels.replaceSubrange((y * 120 + x) * 3..<(y * 120 + x) * 3 + 3, with: colour)
      }
    }
    return .rgb(image)
  }

  private func standing(x: Double = 60, hipScore: Double = 0.9) -> Pose {
    var points = [Keypoint?](repeating: nil, count: 17)
    for (side, offset) in [(0, 14.0), (1, -14.0)] {
      for (joint, y, score) in [(5, 20.0, 0.9), (11, 60, hipScore), (13, 100, 0.9), (15, 140, 0.9)] {
        points[joint + side] = Keypoint(Point(x: x + offset, y: y), score: score)
      }
    }
    return Pose(keypoints: points, box: Box(x: x - 20, y: 0, width: 40, height: 150), score: 0.9)
  }

  @Test func `torso and legs are seen in their colours`() throws {
    let seen = try #require(reader?.appearance(of: standing(), in: picture()))
    let (red, blue) = (LabColour(red: 200, green: 20, blue: 20), LabColour(red: 20, green: 20, blue: 200))
    for (part, colour) in [(seen.torso, red), (seen.legs, blue)] {
      let median = try #require(part)
      #expect(abs(Float(median[2]) - colour.lightness) <= 1)
      #expect(abs(Float(median[7]) - colour.redness) <= 1)
      #expect(abs(Float(median[12]) - colour.yellowness) <= 1)
    }
  }

  @Test func `what is not seen has no appearance`() {
    #expect(reader?.appearance(of: standing(hipScore: 0.1), in: picture()) == nil)
    #expect(reader?.appearance(of: standing(x: 400), in: picture()) == nil)
    #expect(AppearanceReader(.poseTrack18) != nil)
  }

  @Test func `distances grow with the difference of colours`() throws {
    var memory = AppearanceMemory()
    let grey = Appearance(torso: [Int8](repeating: 50, count: 5) + [Int8](repeating: 0, count: 10), legs: nil)
    #expect(memory.distance(grey) == nil)
    memory.see(grey)
    #expect(memory.distance(grey) == 0)
    var reddish = grey
    reddish.torso?.replaceSubrange(5..<10, with: [Int8](repeating: 30, count: 5))
    #expect(memory.distance(reddish) == 30)
    #expect(memory.distance(Appearance(torso: nil, legs: grey.torso)) == nil)
    memory.see(reddish)
    #expect(memory.distance(reddish) == 15)
  }
}
