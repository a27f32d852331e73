internal import Dispatch
internal import Imaging
internal import Inference
internal import Models
internal import Pose

extension TopDownEstimator {
  /// Sends the people, all with a crop, through the network once and decodes.
  func run(_ people: [Person], _ requests: [Request]) throws -> [[DecodedKeypoint?]] {
    let input = try makeInput(people, requests)
    let outputs = try read(network.run([input]), count: people.count)
    var mirrored: [[PredictionMaps]]?
    if options.flipTest {
      mirrored = try read(network.run([try FlipTest.mirrored(input)]), count: people.count)
    }
    let flip = FlipTest(flipIndices: skeleton.flipIndices, shifts: description.shiftsFlippedOutput)
    let decoder = decoder
    let mirroredOutputs = mirrored
    return Parallel.map(people.count) { person in
      var maps = decoder.prepare(outputs[person])
      if let other = mirroredOutputs.map({ decoder.prepare($0[person]) }) {
        for index in maps.indices {
          maps[index] = flip.average(maps[index], mirrored: other[index], layout: decoder.outputs[index])
        }
      }
      return decoder.decode(maps)
    }
  }

  private func makeInput(_ people: [Person], _ requests: [Request]) throws -> Tensor {
    let (width, height) = (description.inputWidth, description.inputHeight)
    let scaling = scaling
    return try Tensor(shape: [people.count, 3, height, width]) { (floats: UnsafeMutableBufferPointer<Float>) in
      // Every person writes a part of its own.
      nonisolated(unsafe) let start = floats.baseAddress!
      Parallel.forEach(people.count) { index in
        let person = people[index]
        person.crop?.cut(
          requests[person.request].picture, scaling: scaling, into: start + index * 3 * height * width)
      }
    }
  }

  /// Splits the network's outputs by person, after checking that they are numbers and what the codec reads.
  private func read(_ tensors: [Tensor], count: Int) throws -> [[PredictionMaps]] {
    let layouts = decoder.outputs
    guard tensors.count >= layouts.count else {
      throw mismatch("gives \(tensors.count) outputs where \(layouts.count) are needed")
    }
    for (tensor, layout) in zip(tensors, layouts) {
      let rank = layout.shape == .maps ? 4 : 3
      let channels = skeleton.joints.count * layout.channelsPerJoint
      guard tensor.elementType == .float32, tensor.shape.count == rank, tensor.shape[0] == count,
        tensor.shape[1] == channels, tensor.shape.allSatisfy({ $0 > 0 })
      else {
        let wanted = layout.shape == .maps ? "\(count) × \(channels) × height × width" : "\(count) × \(channels) × bins"
        throw mismatch("gives \(tensor.shape.map(String.init).joined(separator: " × ")) where \(wanted) is needed")
      }
      guard try !tensor.hasNonNumbers() else {
        throw EstimationError(
          "\(name): its output holds values that are no numbers (NaN or infinite); take another model, or try --precision f32",
          code: .failed)
      }
    }
    return (0..<count).map { person in
      zip(tensors, layouts).map { tensor, _ in tensor.item(person) }
    }
  }

  private func mismatch(_ what: String) -> EstimationError {
    EstimationError(
      "\(name): \(what): its description says codec \"\(description.codec.type)\" and keypoint set "
        + "\"\(skeleton.name)\" (\(skeleton.joints.count) joints)")
  }
}

extension Tensor {
  fileprivate func item(_ index: Int) -> PredictionMaps {
    let height = shape.count == 4 ? shape[2] : 1
    let width = shape[shape.count - 1]
    let size = shape[1] * height * width
    return PredictionMaps(
      channels: shape[1], height: height, width: width,
      values: withFloats { Array($0[index * size..<(index + 1) * size]) })
  }
}

/// Loops over a few independent items on Dispatch's own threads; blocks the caller, never Swift's cooperative threads.
enum Parallel {
  static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1 else {
      if count == 1 { body(0) }
      return
    }
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }

  static func map<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
    guard count > 0 else { return [] }
    return [T](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let start = buffer.baseAddress!
      forEach(count) { (start + $0).initialize(to: body($0)) }
      initialized = count
    }
  }
}
