internal import Foundation
internal import Inference
internal import Pose
internal import TestSupport
import Testing

@testable internal import Detection

/// mmdetection's and mmcv's operations on boxes and regions.
@Suite struct `Anchors, deltas, regions and suppression` {
  private func file(_ name: String) throws -> TensorFile {
    try TensorFile(SharedFiles.file("reference/detectors/ops/\(name).safetensors"))
  }

  private func corners(_ tensor: TensorFile.Tensor, from column: Int = 0) -> [Corners] {
    let length = tensor.shape[1]
    return (0..<tensor.shape[0]).map { row in
      let first = row * length + column
      return Corners(
        x1: tensor.values[first], y1: tensor.values[first + 1], x2: tensor.values[first + 2],
        y2: tensor.values[first + 3])
    }
  }

  private func tensor(_ tensor: TensorFile.Tensor) -> Tensor { Tensor(shape: tensor.shape, tensor.values) }

  private func difference(_ found: [Corners], _ expected: [Corners]) -> Float {
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { first, second in
      [first.x1 - second.x1, first.y1 - second.y1, first.x2 - second.x2, first.y2 - second.y2].map(abs).max() ?? 0
    }.max() ?? 0
  }

  @Test func `Anchors are mmdetection's`() throws {
    let file = try file("anchors_rpn")
    let sizes = [(20, 12), (10, 6), (5, 3), (3, 2), (2, 1)]
    for (level, size) in sizes.enumerated() {
      let grid = AnchorGrid(stride: 4 << level)
      #expect(try difference(grid.base, corners(file["base_\(level)"])) < 1e-4)
      #expect(try difference(grid.anchors(width: size.0, height: size.1), corners(file["grid_\(level)"])) < 1e-4)
    }
  }

  @Test(
    arguments: [
      ("delta_plain", [1, 1, 1, 1], [0, 0, 0, 0], false), ("delta_clip", [1, 1, 1, 1], [0, 0, 0, 0], true),
      ("delta_stds", [0.1, 0.1, 0.2, 0.2], [0, 0, 0, 0], true),
      ("delta_stds_stage3", [0.033, 0.033, 0.067, 0.067], [0, 0, 0, 0], true),
      ("delta_means", [0.5, 0.5, 0.5, 0.5], [0.1, -0.2, 0.05, 0], true),
    ] as [(String, [Float], [Float], Bool)])
  func `Deltas move boxes as mmdetection's`(
    _ name: String, _ deviations: [Float], _ means: [Float], _ isClipped: Bool
  ) throws {
    let file = try file(name)
    let coder = BoxDeltas(means: means, deviations: deviations)
    let deltas = try corners(file["deltas"])
    let moved = try zip(corners(file["priors"]), deltas).map { prior, delta in
      coder.moved(
        prior, by: (delta.x1, delta.y1, delta.x2, delta.y2), within: isClipped ? (width: 200, height: 150) : nil)
    }
    let expected = try corners(file["boxes"])
    let largest = expected.flatMap { [$0.x1, $0.y1, $0.x2, $0.y2] }.map(abs).max() ?? 1
    #expect(difference(moved, expected) < 2e-6 * max(largest, 100))
  }

  @Test(
    arguments: [("rpn_default", 1000, 1000, 0.7, 0), ("rpn_small", 200, 50, 0.5, 6)]
      as [(String, Int, Int, Double, Float)])
  func `Proposals are mmdetection's`(
    _ name: String, _ candidates: Int, _ limit: Int, _ threshold: Double, _ smallestSide: Float
  ) throws {
    let file = try file(name)
    let proposals = RegionProposals(
      candidates: candidates, limit: limit, suppressionThreshold: threshold, smallestSide: smallestSide
    ).proposals(
      logits: try (0..<5).map { tensor(try file["cls_\($0)"]) },
      deltas: try (0..<5).map { tensor(try file["bbox_\($0)"]) },
      within: (width: 158, height: 93))
    #expect(try difference(proposals.map(\.box), corners(file["proposals"])) < 1e-3)
    #expect(try zip(proposals, file["scores"].values).allSatisfy { abs($0.score - $1) < 1e-5 })
  }

  @Test(arguments: [true, false], [(7, 7, 0), (7, 7, 2), (5, 3, 0), (5, 3, 2)])
  func `Regions are mmcv's, inside, outside and empty ones`(_ isAligned: Bool, _ size: (Int, Int, Int)) throws {
    let samples = size.2
    let file = try file("roi_align")
    let (map, rois) = try (file["input"], file["rois"])
    var aligner = RegionAligner(height: size.0, width: size.1)
    (aligner.centersPixels, aligner.samples) = (isAligned, samples)
    let prefix = size.0 == 7 ? "out" : "out5x3"
    let expected = try file["\(prefix)_aligned\(isAligned ? 1 : 0)_sampling\(samples)"].values
    let (plane, length) = (map.values.count / 2, 4 * size.0 * size.1)
    var found = [Float](repeating: .nan, count: expected.count)
    for (index, box) in corners(rois, from: 1).enumerated() {
      let item = Int(rois.values[5 * index])
      let picture = Tensor(shape: [1, 4, 20, 28], Array(map.values[item * plane..<(item + 1) * plane]))
      found.withUnsafeMutableBufferPointer {
        aligner.cut(
          box, outOf: picture, scale: 0.25, into: .init(rebasing: $0[index * length..<(index + 1) * length]))
      }
    }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 2e-5 })
  }

  @Test func `Regions come from the level that fits their size`() throws {
    let file = try file("roi_extractor")
    let boxes = try corners(file["rois"], from: 1)
    let aligner = RegionAligner()
    #expect(try boxes.map { Float(aligner.level(of: $0)) } == file["levels"].values)
    let expected = try file["roi_feats"].values
    var found = [Float](repeating: .nan, count: expected.count)
    let pyramid = try (0..<4).map { tensor(try file["feat_\($0)"]) }
    found.withUnsafeMutableBufferPointer { aligner.cut(boxes, outOf: pyramid, into: $0) }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 2e-5 })
  }

  @Test(
    arguments: [("nms", "0.3"), ("nms", "0.5"), ("nms", "0.7"), ("nms_integer", "0.25"), ("nms_integer", "0.5")],
    [0, 1])
  func `Suppression keeps the boxes that mmcv's keeps`(_ example: (String, String), _ offset: Int) throws {
    let file = try file(example.0)
    let boxes = try zip(corners(file["boxes"]), file["scores"].values).map { box, score in
      ScoredBox(
        Box(minX: Double(box.x1), minY: Double(box.y1), maxX: Double(box.x2), maxY: Double(box.y2)),
        score: Double(score))
    }
    let kept = NonMaximumSuppression.boxes(boxes, threshold: Double(example.1)!, pixelInclusive: offset == 1)
    #expect(try kept.map(Float.init) == file["keep_iou\(example.1)_offset\(offset)"].values)
  }

  @Test func `Nothing proposed is nothing found`() {
    let none = RegionProposals(strides: [4]).proposals(
      logits: [Tensor(shape: [1, 3, 0, 0], [Float]())], deltas: [Tensor(shape: [1, 12, 0, 0], [Float]())],
      within: (width: 10, height: 10))
    #expect(none.isEmpty)
  }
}
