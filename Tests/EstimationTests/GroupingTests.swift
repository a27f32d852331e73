internal import Foundation
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Estimation

/// People that mmpose 0.29 (`HeatmapParser`) and 1.1 (`AssociativeEmbedding`) read from the same heatmaps and tags.
@Suite struct `People from heatmaps and tags` {
  /// The tensors of a reference case: from the fixtures, or beside the checkout.
  private func tensors(_ name: String) throws -> TensorFile {
    if let fixture = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "safetensors") {
      return try TensorFile(fixture)
    }
    return try TensorFile(SharedFiles.file("reference/decode/\(name).safetensors"))
  }

  @Test(arguments: ["higher_three_0x", "higher_three_flip_0x", "higher_crowdpose14_0x", "higher_udp_0x"])
  func `mmpose 0's people are found, keypoint by keypoint`(_ name: String) throws {
    let file = try tensors(name)
    let heatmaps = try PredictionMaps(file["heatmaps"])
    let (tags, dimensions) = (try file["tags"].values, try file["tags"].shape[3])
    let fields = (0..<dimensions).map { dimension in
      var maps = heatmaps
      for index in maps.values.indices { maps.values[index] = tags[index * dimensions + dimension] }
      return maps
    }
    let usesUDP = name.contains("udp")
    let skeleton = heatmaps.channels == 14 ? Skeleton.crowdPose14 : .coco17
    let toPicture =
      usesUDP
      ? Affine.scale(x: 319 / 43, y: 261 / 35)
      : Affine(a: 320.0 / 44, b: 0, c: 160 - 160, d: 0, e: 261.8 / 36, f: 131 - 130.9)
    var settings = HeatmapParserSettings(usesUDP: usesUDP)
    settings.refinesLogarithms = true
    let people = try people(.heatmapParser(settings), skeleton, heatmaps, fields, toPicture)
    try compare(people, file["grouped"], width: 3 + dimensions)
    for (person, score) in zip(people, try file["person_scores"].values) { #expect(abs(person.score - score) < 1e-6) }
    let expected = try file["image_keypoints"].values
    for (index, person) in people.enumerated() {
      for (joint, keypoint) in person.keypoints.enumerated() where keypoint.score > 0 {
        let point = toPicture.apply(Point(x: Double(keypoint.x), y: Double(keypoint.y)))
        let start = (index * person.keypoints.count + joint) * 3
        #expect(abs(point.x - Double(expected[start])) < 0.01 && abs(point.y - Double(expected[start + 1])) < 0.01)
      }
    }
  }

  @Test(arguments: ["ae_single", "ae_three", "ae_three_flip", "ae_udp", "ae_empty"])
  func `mmpose 1's people are found, keypoint by keypoint`(_ name: String) throws {
    let file = try tensors(name)
    let heatmaps = try PredictionMaps(file["heatmaps"])
    let tags = try file["tags"].values
    let fields = (0..<tags.count / heatmaps.values.count).map { dimension in
      PredictionMaps(
        channels: heatmaps.channels, height: heatmaps.height, width: heatmaps.width,
        values: Array(tags[dimension * heatmaps.values.count..<(dimension + 1) * heatmaps.values.count]))
    }
    var settings = AssociativeEmbeddingSettings()
    (settings.fillsFirst, settings.maximumInstances, settings.usesUDP) = (true, 30, name == "ae_udp")
    let people = try people(.associativeEmbedding(settings), .coco17, heatmaps, fields, .identity)
    let margin: Float = settings.usesUDP ? 1 : 0
    let (x, y) = (
      (4 * Float(heatmaps.width) - margin) / (Float(heatmaps.width) - margin),
      (4 * Float(heatmaps.height) - margin) / (Float(heatmaps.height) - margin)
    )
    var scaled = people
    for index in scaled.indices {
      for joint in scaled[index].keypoints.indices {
        scaled[index].keypoints[joint].x *= x
        scaled[index].keypoints[joint].y *= y
      }
    }
    try compare(scaled, file["keypoints"], width: 2)
    let scores = try file["scores"].values
    #expect(zip(people.flatMap(\.keypoints), scores).allSatisfy { abs($0.score - $1) < 1e-6 })
  }

  /// mmpose 1.3.2, with the settings of its published model.
  @Test(arguments: ["ae_three", "ae_three_udp"])
  func `mmpose 1_2's order of refining and filling gives its people`(_ name: String) throws {
    let (file, expected) = (try tensors("ae_three"), try tensors("ae_1.3"))
    let (heatmaps, tags) = (try PredictionMaps(file["heatmaps"]), try PredictionMaps(file["tags"]))
    var settings = AssociativeEmbeddingSettings()
    (settings.candidates, settings.centerShift, settings.maximumInstances) = (30, 0.5, 30)
    settings.usesUDP = name.hasSuffix("udp")
    let people = try people(.associativeEmbedding(settings), .coco17, heatmaps, [tags], .identity)
    let (x, y): (Float, Float) = settings.usesUDP ? (175 / 43, 143 / 35) : (1, 1)
    let scaled = people.map { person in
      MapPerson(person.keypoints.map { MapKeypoint(x: $0.x * x, y: $0.y * y, score: $0.score) })
    }
    try compare(scaled, expected["\(name).keypoints"], width: 2)
    let scores = try expected["\(name).scores"].values
    #expect(zip(people.flatMap(\.keypoints), scores).allSatisfy { abs($0.score - $1) < 1e-6 })
    #expect(zip(people, try expected["\(name).people"].values).allSatisfy { abs($0.score - $1) < 1e-6 })
  }

  @Test func `equal and near tags are told apart as mmpose 0 does`() throws {
    let url = Bundle.module.url(forResource: "Fixtures/bottom_up", withExtension: "safetensors")
    let file = try TensorFile(#require(url))
    var settings = HeatmapParserSettings()
    (settings.adjusts, settings.refines) = (false, false)
    let heatmaps = try PredictionMaps(file["ties.heatmaps"])
    let tags = try PredictionMaps(file["ties.tags"])
    let people = try people(.heatmapParser(settings), .crowdPose14, heatmaps, [tags], .identity)
    try compare(people, file["ties.grouped"], width: 3)
  }

  private func people(
    _ codec: GroupingCodec, _ skeleton: Skeleton, _ heatmaps: PredictionMaps, _ tags: [PredictionMaps],
    _ toPicture: Affine
  ) throws -> [MapPerson] {
    let description = BottomUpDescription(
      inputWidth: 4 * heatmaps.width, inputHeight: 4 * heatmaps.height, keypointSet: skeleton.name, codec: codec)
    let field = TagField(tags, width: heatmaps.width, height: heatmaps.height, alignsCorners: false)
    return try #require(codec.method(description, skeleton)).people(
      in: PeopleMaps(heatmaps: heatmaps, tags: field, toPicture: toPicture))
  }

  /// Compares x and y, and with three numbers or more the score, of `width` numbers a keypoint.
  private func compare(_ people: [MapPerson], _ expected: TensorFile.Tensor, width: Int) throws {
    #expect(people.count == expected.shape[0])
    for (index, keypoint) in people.flatMap(\.keypoints).enumerated() {
      let start = index * width
      if width > 2 {
        #expect(abs(keypoint.score - expected.values[start + 2]) < 1e-6, "\(index)")
        if keypoint.score == 0 { continue }
      }
      #expect(abs(keypoint.x - expected.values[start]) < 0.01, "\(index): \(keypoint)")
      #expect(abs(keypoint.y - expected.values[start + 1]) < 0.01, "\(index): \(keypoint)")
    }
  }
}
