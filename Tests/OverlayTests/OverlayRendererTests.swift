internal import Imaging
internal import Overlay
internal import Pose
import Testing

@Suite struct `The overlay` {
  /// A person who stands upright in a picture of 320 × 240, seen with the scores given by joint.
  private func person(scores: [Int: Double] = [:], trackID: Int = 0, x: Double = 160) -> TrackedPose {
    let places: [(Double, Double)] = [
      (0, 50), (4, 46), (-4, 46), (8, 49), (-8, 49), (22, 75), (-22, 75), (32, 105), (-32, 105), (36, 135), (-36, 135),
      (14, 135), (-14, 135), (14, 175), (-14, 175), (16, 212), (-16, 212),
    ]
    let keypoints = places.enumerated().map { index, place in
      Keypoint(Point(x: x + place.0, y: place.1), score: scores[index] ?? 0.9)
    }
    let pose = Pose(keypoints: keypoints, box: Box(x: x - 45, y: 35, width: 90, height: 190), score: 0.9)
    return TrackedPose(pose, trackID: trackID)
  }

  private let grey = Image(width: 320, height: 240, pixels: [UInt8](repeating: 90, count: 320 * 240 * 3))

  private var skeletonOnly: OverlayOptions {
    var options = OverlayOptions()
    (options.boxes, options.ids) = (false, false)
    return options
  }

  private func drawn(_ people: [TrackedPose], _ options: OverlayOptions) -> Image {
    var image = grey
    var renderer = OverlayRenderer(.coco17, options: options)
    renderer.draw(people, on: &image)
    return image
  }

  @Test func `Limbs have the colours of their sides`() {
    let image = drawn([person()], skeletonOnly)
    #expect(image[174, 155] == [0, 255, 0], "left thigh")
    #expect(image[146, 155] == [255, 128, 0], "right thigh")
    #expect(image[160, 75] == [51, 153, 255], "shoulders")
  }

  @Test func `Limbs by track have the colour of their track`() {
    var options = skeletonOnly
    options.colourBy = .track
    let colour = TrackPalette().colour(of: 7)
    let image = drawn([person(trackID: 7)], options)
    #expect(image[174, 155] == [colour.red, colour.green, colour.blue])
  }

  @Test func `A limb is drawn only where both of its ends are above the threshold`() {
    let image = drawn([person(scores: [13: 0.3])], skeletonOnly)
    #expect(image[174, 155] == [90, 90, 90], "left thigh")
    #expect(image[146, 155] == [255, 128, 0], "right thigh")
    #expect(image[176, 212] != [90, 90, 90], "left ankle")
  }

  @Test func `Pixels far from people keep every bit`() {
    var options = OverlayOptions()
    options.blurFaces = true
    let before = PlanarImage(grey)
    var planes = before
    var renderer = OverlayRenderer(.coco17, options: options)
    renderer.draw([person()], on: &planes)
    #expect(planes != before)
    for y in 0..<240 {
      for x in 0..<320 where x < 105 || x > 215 || y > 235 {
        #expect(planes.luma[x, y] == before.luma[x, y])
      }
    }
  }

  @Test func `A plate outside the frame moves inside`() {
    var options = OverlayOptions()
    (options.boxes, options.skeletons) = (false, false)
    for x in [-30.0, 350] {
      let image = drawn([person(trackID: 12, x: x)], options)
      #expect(image != grey)
    }
    #expect(drawn([person(trackID: 12, x: 900)], options) == grey)
  }

  @Test func `Frames that are skipped leave the same trails as frames that are drawn`() {
    var options = OverlayOptions()
    options.trails = 5
    var (one, two) = (OverlayRenderer(.coco17, options: options), OverlayRenderer(.coco17, options: options))
    var (first, second) = (grey, grey)
    for step in 0..<9 {
      let people = [person(x: 100 + Double(step) * 10)]
      first = grey
      one.draw(people, on: &first)
      if step == 8 { two.draw(people, on: &second) } else { two.skip(people) }
    }
    #expect(first == second)
    #expect(first != drawn([person(x: 180)], options))
  }

  @Test func `A trail ends after its last frames`() {
    var options = skeletonOnly
    options.trails = 4
    var renderer = OverlayRenderer(.coco17, options: options)
    for step in 0..<4 { renderer.skip([person(x: 60 + Double(step) * 20)]) }
    for _ in 0..<3 { renderer.skip([]) }
    var image = grey
    renderer.draw([], on: &image)
    #expect(image == grey)
  }

  @Test(
    arguments: [
      [:], [0: 0.1, 1: 0.1, 2: 0.1, 3: 0.1, 4: 0.1], [0: 0.1, 1: 0.1, 2: 0.1, 3: 0.1, 4: 0.1, 5: 0.0, 6: 0.0],
      [1: 0, 2: 0, 3: 0, 4: 0],
    ] as [[Int: Double]])
  func `A face is hidden however little of it was recognised`(scores: [Int: Double]) {
    var options = OverlayOptions()
    (options.boxes, options.ids, options.skeletons, options.blurFaces) = (false, false, false, true)
    let noise = Image(
      width: 320, height: 240, pixels: (0..<320 * 240).flatMap { [UInt8](repeating: $0 % 2 == 0 ? 20 : 220, count: 3) })
    var image = noise
    var renderer = OverlayRenderer(.coco17, options: options)
    renderer.draw([person(scores: scores)], on: &image)
    for y in 40...58 {
      for x in 152...168 { #expect((80...160).contains(image[x, y][0])) }
    }
    #expect(image[160, 150] == noise[160, 150])
  }

  @Test func `People whose numbers make no sense are drawn without harm`() {
    var options = OverlayOptions()
    (options.trails, options.blurFaces) = (3, true)
    var image = grey
    var renderer = OverlayRenderer(.coco17, options: options)
    for value in [Double.nan, .infinity, -1e300, 1e9, 0] {
      var pose = person().pose
      pose.keypoints[5]?.point.x = value
      pose.keypoints[11]?.point.y = value
      pose.box = Box(x: value, y: value, width: value, height: value)
      renderer.draw([TrackedPose(pose, trackID: 1)], on: &image, caption: "é \(value)")
    }
    renderer.draw([TrackedPose(Pose(keypoints: [], box: person().pose.box, score: 1), trackID: -5)], on: &image)
    #expect(image != grey)
  }

  @Test(arguments: [(0, 0), (1, 1), (7, 3)])
  func `The smallest frames can be drawn on`(width: Int, height: Int) {
    var planes = PlanarImage(Image(width: width, height: height))
    var renderer = OverlayRenderer(.coco17)
    renderer.draw([person(x: 3)], on: &planes, caption: "0")
    #expect(planes.width == width && planes.height == height)
  }
}

extension Image {
  fileprivate subscript(x: Int, y: Int) -> [UInt8] {
    Array(pixels[(y * width + x) * 3..<(y * width + x + 1) * 3])
  }
}
