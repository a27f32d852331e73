internal import Inference

/// Lite-HRNet (Yu et al., Lite-HRNet: A Lightweight High-Resolution Network, 2021). Gives the map of a 4th of the
/// picture's size.
package struct LiteHRNet: Backbone {
  package static let type = "litehrnet"
  package static let published = LiteHRNet(stageModules: [2, 4, 2])

  package var stemChannels = 32
  /// Channels of every branch, a row a stage.
  package var stageChannels = [[40, 80], [40, 80, 160], [40, 80, 160, 320]]
  package var stageModules: [Int]
  /// Blocks of every module.
  package var stageBlocks = [2, 2, 2]

  /// Modules of the three stages: 2, 4, 2 for Lite-HRNet-18 and 3, 8, 3 for Lite-HRNet-30.
  package init(stageModules: [Int]) {
    self.stageModules = stageModules
  }

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard stageChannels.count == stageModules.count, stageBlocks.count == stageModules.count,
      stageChannels.indices.allSatisfy({ stageChannels[$0].count == $0 + 2 }),
      (stageModules + stageBlocks).allSatisfy({ (1...16).contains($0) }),
      stageChannels.joined().allSatisfy({ $0 >= 8 && $0.isMultiple(of: 2) }), stemChannels.isMultiple(of: 2)
    else {
      throw ArchitectureError(
        "a Lite-HRNet needs even numbers of channels for two branches in the first stage, three in the second and so on, "
          + "and for every stage modules and blocks (1 to 16)")
    }
    var branches = [writer.part("stem") { stem(picture, &$0) }]
    for stage in stageChannels.indices {
      branches = writer.part("transition\(stage)") { transition(branches, to: stageChannels[stage], &$0) }
      for module in 0..<stageModules[stage] {
        branches = writer.part("stage\(stage).\(module)") { writer in
          for block in 0..<stageBlocks[stage] {
            branches = writer.part("layers.\(block)") { $0.conditionalWeighting(branches) }
          }
          return writer.part("fuse_layers") { exchange(branches, &$0) }
        }
      }
    }
    return writer.part("head_layer") { gather(branches, &$0) }
  }

  private func stem(_ picture: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    let half = stemChannels / 2
    let input = writer.convModule("conv1", picture, to: stemChannels, kernel: 3, stride: 2)
    var (first, second) = writer.halves(input)
    second = writer.convModule("expand_conv", second, to: stemChannels, kernel: 1)
    second = writer.convModule(
      "depthwise_conv", second, to: stemChannels, kernel: 3, stride: 2, groups: stemChannels, activation: nil)
    second = writer.convModule("linear_conv", second, to: half, kernel: 1)
    first = writer.convModule("branch1.0", first, to: half, kernel: 3, stride: 2, groups: half, activation: nil)
    first = writer.convModule("branch1.1", first, to: half, kernel: 1)
    return writer.shuffleHalves(writer.concatenate([first, second]))
  }

  private func transition(
    _ branches: [FeatureMap], to channels: [Int], _ writer: inout NetworkWriter
  ) -> [FeatureMap] {
    channels.enumerated().map { index, width in
      if index < branches.count {
        guard branches[index].channels != width else { return branches[index] }
        return writer.part("\(index)") { $0.separable(branches[index], to: width, stride: 1) }
      }
      let steps = index + 1 - branches.count
      return (0..<steps).reduce(branches[branches.count - 1]) { input, step in
        writer.part("\(index).\(step)") {
          $0.separable(input, to: step == steps - 1 ? width : input.channels, stride: 2)
        }
      }
    }
  }

  /// Sums of all branches brought to the size of each. As published, the first term counts twice, and the finer sum takes the
  /// place of the finest branch for the coarser ones.
  private func exchange(_ branches: [FeatureMap], _ writer: inout NetworkWriter) -> [FeatureMap] {
    var branches = branches
    return branches.indices.map { target in
      let terms = branches.indices.map { source in
        source == target
          ? branches[source] : writer.part("\(target).\(source)") { bring(branches, from: source, to: target, &$0) }
      }
      let sum = terms.reduce(terms[0]) { writer.add($0, $1) }
      if target == 0 { branches[0] = sum }
      return writer.relu(sum)
    }
  }

  private func bring(
    _ branches: [FeatureMap], from source: Int, to target: Int, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let channels = branches[target].channels
    guard source < target else {
      let narrowed = writer.batchNorm("1", writer.convolution("0", branches[source], to: channels, kernel: 1))
      return writer.upsample(narrowed, by: 1 << (source - target))
    }
    let steps = target - source
    return (0..<steps).reduce(branches[source]) { input, step in
      let isLast = step == steps - 1
      return writer.part("\(step)") {
        $0.separable(input, to: isLast ? channels : input.channels, stride: 2, endsInRelu: !isLast)
      }
    }
  }

  /// Adds the coarser maps, one after the other, to the finer.
  private func gather(_ branches: [FeatureMap], _ writer: inout NetworkWriter) -> FeatureMap {
    let coarsestFirst = Array(branches.reversed())
    var output: FeatureMap?
    for (index, branch) in coarsestFirst.enumerated() {
      let width = coarsestFirst[min(index + 1, coarsestFirst.count - 1)].channels
      let input = output.map { writer.add(branch, writer.upsampleCorners($0)) } ?? branch
      output = writer.part("projects.\(index)") { writer in
        let deep = writer.convModule(
          "depthwise_conv", input, to: input.channels, kernel: 3, groups: input.channels, activation: nil)
        return writer.convModule("pointwise_conv", deep, to: width, kernel: 1)
      }
    }
    return output ?? branches[0]
  }
}
