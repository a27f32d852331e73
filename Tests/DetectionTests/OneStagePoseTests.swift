internal import Imaging
internal import Inference
internal import Models
internal import Pose
import Testing

@testable internal import Detection

@Suite struct `One-stage pose networks` {
  private let skeleton = Skeleton.coco17

  private func estimator(_ description: OneStagePoseDescription) throws -> OneStagePoseEstimator {
    var builder = GraphBuilder()
    let input = builder.input("images", shape: [1, 3, description.inputHeight, description.inputWidth])
    builder.output(builder.node(.identity, [input])[0], name: "output0")
    let network = Network(builder.graph, backend: ReferenceBackend(), options: CompileOptions(threads: 1))
    return try OneStagePoseEstimator(network: network, description: description, skeleton: skeleton, name: "pose.onnx")
  }

  /// One column a person: box, score, and keypoints in a row from its centre, each a pixel further.
  private func output(_ people: [(x: Float, y: Float, width: Float, height: Float, score: Float)]) -> Tensor {
    let columns = people.map { person in
      [person.x, person.y, person.width, person.height, person.score]
        + (0..<17).flatMap { [person.x + Float($0), person.y, 0.5 + Float($0) / 100] }
    }
    return Tensor(shape: [1, 56, people.count], (0..<56).flatMap { channel in columns.map { $0[channel] } })
  }

  @Test func `Boxes and keypoints come back to the frame, without duplicates, the best first`() throws {
    let description = OneStagePoseDescription(inputWidth: 64, inputHeight: 64, keypointSet: "coco17")
    let picture = Picture.rgb(Image(width: 128, height: 64))
    let fit = FrameFit(picture, description.detector)
    #expect((fit.left, fit.top, fit.width, fit.height) == (0, 16, 64, 32))
    let outputs = [output([(20, 30, 10, 20, 0.6), (20, 30, 10, 20.5, 0.9), (50, 32, 40, 8, 0.5), (5, 5, 2, 2, 0.2)])]
    let poses = try estimator(description).poses(in: outputs, fit, picture)
    #expect(poses.map { Float($0.score) } == [0.9, 0.5])
    #expect(poses[0].keypoints[3]?.point == Point(x: 46, y: 28))
    #expect(poses[0].keypoints[3].map { Float($0.score) } == 0.53)
    #expect(poses[1].box == Box(x: 60, y: 24, width: 68, height: 16))
    #expect(poses[1].keypoints[16]?.point == Point(x: 128, y: 32))
  }

  @Test func `Nobody is nobody, and numbers that are none are refused`() throws {
    let description = OneStagePoseDescription(inputWidth: 64, inputHeight: 64, keypointSet: "coco17")
    let picture = Picture.rgb(Image(width: 64, height: 64))
    let fit = FrameFit(picture, description.detector)
    #expect(try estimator(description).poses(in: [output([(1, 1, 9, 9, 0.1)])], fit, picture).isEmpty)
    #expect(try estimator(description).poses(in: [output([])], fit, picture).isEmpty)
    let error = #expect(throws: DetectionError.self) {
      try estimator(description).poses(in: [output([(1, 1, 9, 9, .nan)])], fit, picture)
    }
    #expect(error?.description.hasPrefix("pose.onnx: its output holds values that are no numbers") == true)
    let other = #expect(throws: DetectionError.self) {
      try estimator(description).poses(
        in: [Tensor(shape: [1, 84, 2], [Float](repeating: 0, count: 168))], fit, picture)
    }
    #expect(other?.description.contains("1×84×2") == true && other?.description.contains("1×56×cells") == true)
  }
}
