internal import Foundation
internal import Inference
internal import Pose
import Testing

@testable internal import Architectures
@testable internal import Models

@Suite struct `The zoo` {
  @Test func `Every row of the tables is a model with its own name`() {
    for table in Zoo.tables {
      for row in table.rows.split(separator: "\n") {
        #expect(table.model(row: row) != nil, "\(row)")
      }
    }
    #expect(Set(Zoo.models.map(\.name)).count == Zoo.models.count)
    #expect(Zoo.models.count == 242)
    #expect(Zoo.models.allSatisfy { $0.hash.allSatisfy { $0.isHexDigit && !$0.isUppercase } })
  }

  @Test func `A model has the processing that it was published with`() throws {
    let plain = try #require(Zoo.model(named: "res50_coco_256x192"))
    #expect(
      plain.checkpoint.absoluteString
        == "https://download.openmmlab.com/mmpose/top_down/resnet/res50_coco_256x192-ec54d7f3_20200709.pth")
    #expect(plain.hash == "ec54d7f3")
    #expect(
      plain.description
        == .pose(PoseDescription(inputWidth: 192, inputHeight: 256, keypointSet: "coco17", codec: .heatmap)))
    #expect(plain.figures.first == .init(name: "AP", value: "0.718"))
    let dark = try #require(Zoo.model(named: "hrnet_w48_coco_wholebody_384x288_dark"))
    #expect(dark.pose?.codec == .heatmapDark(blurKernel: 17))
    #expect(dark.keypointSet == "wholebody133")
    let udp = try #require(Zoo.model(named: "hrnet_w32_coco_256x192_udp"))
    #expect(udp.pose?.codec == .heatmapUDP(blurKernel: 11))
    #expect(udp.pose?.usesUDPCrop == true && udp.pose?.shiftsFlippedOutput == false)
    // mmpose 1.x blurs larger maps like the others, unless a configuration says otherwise; 0.x does not.
    let larger: [(String, KeypointCodec)] = [
      ("hrnet_w32_coco_384x288_udp", .heatmapUDP(blurKernel: 17)),
      ("td-hm_hrnet-w32_udp-8xb64-210e_coco-384x288", .heatmapUDP(blurKernel: 11)),
      ("td-hm_hrnet-w48_dark-8xb32-210e_coco-384x288", .heatmapDark(blurKernel: 11)),
      ("td-hm_res152_dark-8xb32-210e_coco-384x288", .heatmapDark(blurKernel: 17)),
      ("cspnext-x_udp-body7_210e-384x288", .heatmapUDP(blurKernel: 11)),
    ]
    for (name, codec) in larger { #expect(Zoo.model(named: name)?.pose?.codec == codec, "\(name)") }
    #expect(Zoo.model(named: "cspnext-m_udp-coco_pt-in1k_210e-256x192")?.pose?.usesUDPCrop == true)
    #expect(Zoo.model(named: "cspnext-m_udp-mpii_pt-in1k_210e-256x256")?.pose?.usesUDPCrop == false)
    #expect(Zoo.model(named: "res50_crowdpose_256x192")?.hash == "c6a526b6")
    #expect(Zoo.model(named: "res50_crowdpose_256x192_20201017")?.hash == "f1ddd03a")
  }

  @Test func `Every network can be built and gives outputs of the right size`() throws {
    var seen: Set<String> = []
    for model in Zoo.models {
      let description = model.description
      let (width, height) = description.inputSize
      let key = "\(model.network) \(model.pose?.codec.type ?? "")"
      guard seen.insert(key).inserted else { continue }
      let blueprint = try model.architecture.blueprint(for: description, name: model.name)
      // Gigabytes of weights; the smaller ones of the family say the same.
      if model.network.contains(/vit-(large|huge)/) { continue }
      let graph = blueprint.graph { _, shape in
        Tensor.deferred(shape: shape) { _ in }
      }
      let shapesOfInputs = graph.inputs.map { $0.shape.count == 4 ? [1, 3, height, width] : $0.shape.map { $0 ?? 1 } }
      let specialised = try graph.specialised(inputShapes: shapesOfInputs)
      let shapes = specialised.graph.outputs.map { specialised.types[$0]?.shape }
      let joints = try #require(Skeleton.named(model.keypointSet)?.joints.count)
      let heatmaps = [1, joints, height / 4, width / 4]
      switch model.pose?.codec {
      case .simcc: #expect(shapes == [[1, joints, 2 * width], [1, joints, 2 * height]], "\(model.name)")
      case .heatmapUDPCombined: #expect(shapes == [[1, 3 * joints, height / 4, width / 4]], "\(model.name)")
      case nil where model.network.hasPrefix("dekr"):
        #expect(
          shapes == [[1, joints + 1, height / 4, width / 4], [1, 2 * joints, height / 4, width / 4], [1, 1]],
          "\(model.name)")
      case nil:
        let lower = [1, 2 * joints, height / 4, width / 4]
        let isHigher = model.network.hasPrefix("higher")
        #expect(shapes == (isHigher ? [lower, [1, joints, height / 2, width / 2]] : [lower]), "\(model.name)")
      default: #expect(shapes == [heatmaps], "\(model.name)")
      }
    }
  }

  @Test func `Every row of the detectors' tables is a model with its own name and network`() throws {
    for table in Zoo.detectorTables {
      for row in table.rows.split(separator: "\n") { #expect(table.model(row: row) != nil, "\(row)") }
    }
    #expect(Set(Zoo.all.map(\.name)).count == Zoo.all.count)
    #expect(Zoo.detectors.allSatisfy { $0.hash.allSatisfy { $0.isHexDigit && !$0.isUppercase } })
    for network in Set(Zoo.detectors.map(\.network)) {
      let model = try #require(Zoo.detectors.first { $0.network == network })
      #expect(try !model.blueprint().shapes.isEmpty)
      let description = ModelDescription.detector(model.description)
      #expect(try ModelDescription.parse(description.json(), name: "written.json") == description)
    }
    let person = try #require(Zoo.detectors.first { $0.name == "rtmdet_m_8xb32-100e_coco-obj365-person" })
    #expect(
      person.checkpoint.absoluteString == "https://download.openmmlab.com/mmpose/v1/projects/rtmpose/"
        + "rtmdet_m_8xb32-100e_coco-obj365-person-235e8209.pth")
    #expect(person.figures == [.init(name: "box AP", value: "62.5")])
    #expect(Zoo.published(named: "yolov3_d53_mstrain-608_273e_coco")?.hash == "a2c3acb8")
    let nano = try #require(Zoo.published(named: "yolox_nano"))
    #expect(
      nano.checkpoint.absoluteString
        == "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_nano.pth")
    #expect(nano.sha256?.hasPrefix(nano.hash) == true)
  }

  @Test func `A bottom-up model has the processing that it was published with`() throws {
    func codec(_ name: String) throws -> GroupingCodec? {
      guard case .bottomUp(let description) = try #require(Zoo.model(named: name)).description else { return nil }
      #expect(
        [description.inputWidth, description.inputHeight].allSatisfy { $0 == (name.contains("640") ? 640 : 512) })
      return description.codec
    }
    #expect(try codec("higher_hrnet32_coco_512x512") == .heatmapParser(HeatmapParserSettings()))
    let udp = try codec("higher_hrnet32_coco_512x512_udp")
    #expect(udp == .heatmapParser(HeatmapParserSettings(usesUDP: true)))
    guard case .heatmapParser(let settings) = udp else { return }
    #expect(!settings.projectsToImage && settings.alignsCorners)
    #expect(try codec("higher_hrnet32_coco_640x640") == codec("hrnet_w48_mhp_512x512"))
    guard case .heatmapParser(let aligned) = try codec("hourglass_ae_coco_512x512") else { return }
    #expect(aligned.projectsToImage && aligned.alignsCorners)
    // The one checkpoint that mmpose 1.x publishes, too, with its own processing and figures.
    let older = try #require(Zoo.model(named: "hrnet_w32_coco_512x512"))
    let newer = try #require(Zoo.model(named: "ae_hrnet-w32_8xb24-300e_coco-512x512"))
    #expect(
      older.checkpoint == newer.checkpoint && older.figures[0].value == "0.654" && newer.figures[0].value == "0.656")
    guard case .associativeEmbedding(let settings) = try codec(newer.name) else { throw CocoaError(.coderInvalidValue) }
    #expect(settings.candidates == 30 && settings.centerShift == 0.5 && settings.restoresHeatmapSize)
    // Replaced by newer ones of the same name.
    #expect(Zoo.model(named: "higher_hrnet32_coco_512x512_udp_20210104")?.figures[0].value == "0.674")
    #expect(Zoo.model(named: "higher_hrnet32_coco_512x512_udp")?.figures[0].value == "0.678")
  }

  @Test func `A mistyped name is answered with what it may have meant`() {
    #expect(Zoo.suggestions(for: "hrnet_w32_coco_256x192_dakr").contains("hrnet_w32_coco_256x192"))
    #expect(Zoo.suggestions(for: "zzz").isEmpty)
  }
}

extension ZooModel {
  fileprivate var pose: PoseDescription? {
    if case .pose(let description) = description { description } else { nil }
  }
}
