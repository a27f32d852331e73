internal import Inference

/// HRNet (Sun et al., Deep High-Resolution Representation Learning for Human Pose Estimation, 2019): branches of a 4th, 8th,
/// 16th and 32nd of the picture's size that exchange what they see. Gives the map of a 4th, or all of them brought to its size.
package struct HRNet: Backbone {
  package static let type = "hrnet"
  package static let published = HRNet(width: 32)

  package var stemChannels = 64
  /// Channels of every branch, a row a stage. The first stage's blocks put out four times its number.
  package var stageChannels: [[Int]]
  /// Residual blocks of every branch, a row a stage.
  package var stageBlocks: [[Int]]
  /// How often each stage repeats its branches and their exchange.
  package var stageModules = [1, 1, 4, 3]
  /// Whether the maps of all branches are put out, enlarged and joined (mmpose 1.x `FeatureMapProcessor` with `concat`).
  package var joinsBranches = false

  /// `width` is the number of channels of the finest branch: 32 for HRNet-W32.
  package init(width: Int, joinsBranches: Bool = false) {
    self.joinsBranches = joinsBranches
    stageChannels = [[64]] + (2...4).map { branches in (0..<branches).map { width << $0 } }
    stageBlocks = (1...4).map { Array(repeating: 4, count: $0) }
  }

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    try check()
    var output = picture
    for index in 1...2 {
      output = writer.convolution("conv\(index)", output, to: stemChannels, kernel: 3, stride: 2)
      output = writer.relu(writer.batchNorm("bn\(index)", output))
    }
    for block in 0..<stageBlocks[0][0] {
      output = writer.part("layer1.\(block)") { $0.bottleneck(output, width: stageChannels[0][0]) }
    }
    var branches = [output]
    for stage in 1..<stageChannels.count {
      branches = writer.part("transition\(stage)") { transition(branches, to: stageChannels[stage], &$0) }
      for module in 0..<stageModules[stage] {
        let isLast = stage == stageChannels.count - 1 && module == stageModules[stage] - 1
        branches = writer.part("stage\(stage + 1).\(module)") {
          exchange(
            grow(branches, blocks: stageBlocks[stage], &$0), outputs: isLast && !joinsBranches ? 1 : branches.count, &$0
          )
        }
      }
    }
    guard joinsBranches else { return branches[0] }
    return writer.concatenate(
      branches.enumerated().map { $0 == 0 ? $1 : writer.upsample($1, by: 1 << $0, isBilinear: true) })
  }

  private func check() throws {
    guard stageChannels.count >= 2, stageBlocks.count == stageChannels.count, stageModules.count == stageChannels.count,
      stageChannels.indices.allSatisfy({ stageChannels[$0].count == $0 + 1 && stageBlocks[$0].count == $0 + 1 }),
      stageModules.allSatisfy({ (1...16).contains($0) }), stageBlocks.joined().allSatisfy({ (1...16).contains($0) })
    else {
      throw ArchitectureError(
        "an HRNet needs channels and blocks (1 to 16) for one branch in the first stage, two in the second and so on, "
          + "and for every stage a number of modules (1 to 16)")
    }
  }

  /// Adapts the channels of the branches there are, and begins new, coarser ones from the coarsest.
  private func transition(
    _ branches: [FeatureMap], to channels: [Int], _ writer: inout NetworkWriter
  ) -> [FeatureMap] {
    channels.enumerated().map { index, width in
      if index < branches.count {
        guard branches[index].channels != width else { return branches[index] }
        return writer.part("\(index)") {
          $0.relu($0.batchNorm("1", $0.convolution("0", branches[index], to: width, kernel: 3)))
        }
      }
      return writer.part("\(index)") {
        shrink(branches[branches.count - 1], to: width, steps: index + 1 - branches.count, endsInRelu: true, &$0)
      }
    }
  }

  private func grow(_ branches: [FeatureMap], blocks: [Int], _ writer: inout NetworkWriter) -> [FeatureMap] {
    branches.enumerated().map { index, branch in
      (0..<blocks[index]).reduce(branch) { input, block in
        writer.part("branches.\(index).\(block)") { $0.basicBlock(input, width: branch.channels) }
      }
    }
  }

  /// Every output is the sum of all branches brought to its size and channels.
  private func exchange(_ branches: [FeatureMap], outputs: Int, _ writer: inout NetworkWriter) -> [FeatureMap] {
    (0..<outputs).map { target in
      let terms = branches.indices.map { source in
        source == target
          ? branches[source]
          : writer.part("fuse_layers.\(target).\(source)") { bring(branches, from: source, to: target, &$0) }
      }
      return writer.relu(terms.dropFirst().reduce(terms[0]) { writer.add($0, $1) })
    }
  }

  private func bring(
    _ branches: [FeatureMap], from source: Int, to target: Int, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let channels = branches[target].channels
    guard source > target else {
      return shrink(branches[source], to: channels, steps: target - source, endsInRelu: false, &writer)
    }
    let narrowed = writer.batchNorm("1", writer.convolution("0", branches[source], to: channels, kernel: 1))
    return writer.upsample(narrowed, by: 1 << (source - target))
  }

  /// Halves the size `steps` times; only the last step changes the number of channels.
  private func shrink(
    _ input: FeatureMap, to channels: Int, steps: Int, endsInRelu: Bool, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    (0..<steps).reduce(input) { input, step in
      let isLast = step == steps - 1
      return writer.part("\(step)") { writer in
        let width = isLast ? channels : input.channels
        let output = writer.batchNorm("1", writer.convolution("0", input, to: width, kernel: 3, stride: 2))
        return isLast && !endsInRelu ? output : writer.relu(output)
      }
    }
  }
}
