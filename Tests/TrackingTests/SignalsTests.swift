import Foundation
import Pose
import TestSupport
import Testing

@testable import Timing
@testable import Tracking

private struct Moment {
  var index: Int
  var tick: Int64
  var people: [TrackedPose]

  init(_ index: Int, tick: Int? = nil, _ people: TrackedPose...) {
    (self.index, self.tick, self.people) = (index, Int64(tick ?? index), people)
  }
}

/// Moments through `Signals`, all at once.
private func run(
  _ frames: [Moment], _ method: String? = nil, mendsSides: Bool = false,
  rate: Int32 = 30
) throws -> (frames: [[TrackedPose]], report: SignalReport) {
  var signals = Signals<Int>(
    .coco17, smoothing: try method.map { try Smoothing($0) }, mendsSides: mendsSides)
  var result: [(payload: Int, people: [TrackedPose])] = []
  for frame in frames {
    result += signals.add(
      frame.index, frame.people,
      in: FrameContext(index: frame.index, time: MediaTime(ticks: frame.tick, denominator: rate)))
  }
  result += signals.finish()
  #expect(result.map(\.payload) == frames.map(\.index), "frames keep their order")
  return (result.map(\.people), signals.report)
}

/// A person all of whose joints are at their own places beside x.
private func walker(_ x: Double, id: Int = 7, without missing: Set<Int> = []) -> TrackedPose {
  let keypoints = (0..<17).map { joint in
    missing.contains(joint)
      ? nil : Keypoint(Point(x: x + Double(joint % 3) * 10, y: Double(joint) * 10), score: 0.9)
  }
  return TrackedPose(
    Pose(keypoints: keypoints, box: Box(x: x - 10, y: 0, width: 60, height: 200), score: 0.9), trackID: id)
}

private let methods = ["one-euro"] + ["savitzky-golay", "butterworth", "kalman", "median", "hampel"]

@Suite struct `Smoothing of tracks` {
  @Test func `jitter at rest shrinks to a third`() throws {
    let frames = (0..<90).map { Moment($0, walker($0.isMultiple(of: 2) ? 1 : -1)) }
    for method in ["one-euro", "savitzky-golay:window=0.4,order=2", "butterworth", "kalman"] {
      let smoothed = try run(frames, method).frames.compactMap { $0[0].pose.keypoints[0]?.point.x }
      let swing = zip(smoothed[30..<60], smoothed[31..<61]).map { abs($0 - $1) }.max() ?? 2
      #expect(swing < 2.0 / 3, "\(method)")
    }
  }

  @Test func `fast motion is followed within a frame`() throws {
    let frames = (0..<30).map { Moment($0, walker(Double($0) * 20)) }
    for method in methods {
      let last = try run(frames, method).frames[29][0].pose.keypoints[0]?.point.x ?? 0
      #expect(abs(last - 29 * 20) < 20, "\(method)")
    }
  }

  @Test(arguments: methods)
  func `nothing is smoothed across a gap`(method: String) throws {
    // Away for three frames and somewhere else afterwards; a joint alone is away, too; and nobody for a while.
    func moment(_ index: Int) -> Moment {
      switch index {
      case ..<40: Moment(index, walker(100))
      case 40..<43: Moment(index)
      case 60: Moment(index, walker(500, without: [4]))
      case 80..<200: Moment(index)
      default: Moment(index, walker(index >= 200 ? 900 : 500))
      }
    }
    let frames = (0..<240).map(moment)
    let smoothed = try run(frames, method).frames
    #expect(smoothed == frames.map(\.people), "joints at rest beside gaps stay where they are")
  }

  @Test(arguments: methods)
  func `long videos are smoothed piece by piece as if at once`(method: String) throws {
    var random = SeededRandom(seed: 16)
    let frames = (0..<700).map { Moment($0, walker(Double.random(in: 0...40, using: &random))) }
    let smoothed = try run(frames, method).frames.compactMap { $0[0].pose.keypoints[5]?.point }
    guard case .whole(let filter) = try Smoothing(method).filter else { return }
    let points = frames.compactMap { $0.people[0].pose.keypoints[5] }
    let whole = try #require(
      filter.smooth(
        Signal(
          times: frames.map { Double($0.tick) / 30 }, values: points.map { SIMD2($0.point.x, $0.point.y) },
          scores: points.map(\.score))))
    for (piece, value) in zip(smoothed, whole) { #expect(abs(piece.x - value.x) < 1.1e-3, "\(method)") }
  }

  @Test func `what is held back does not grow with the video`() throws {
    var signals = Signals<Int>(.coco17, smoothing: try Smoothing("butterworth"), mendsSides: true)
    var (waiting, most) = (0, 0)
    for index in 0..<3000 {
      waiting += 1
      let frame = FrameContext(index: index, time: MediaTime(ticks: Int64(index), denominator: 30))
      waiting -= signals.add(index, [walker(1)], in: frame).count
      most = max(most, waiting)
    }
    #expect(most < 600)
  }

  @Test func `every n-th frame and uneven rates are no gaps, frames left out are`() throws {
    let steady = (0..<40).map { Moment(5 * $0, walker($0.isMultiple(of: 2) ? 0 : 9)) }
    #expect(try run(steady, "median:window=0.8").report.smoothing?.untouched == 0)
    let uneven = (0..<40).map { Moment($0, tick: $0 * 2 + $0 % 2, walker($0.isMultiple(of: 2) ? 0 : 9)) }
    #expect(try run(uneven, "kalman:cutoff=3").report.smoothing?.untouched == 0)
    let left = (0..<40).map { Moment($0 + $0 / 2 * 3, walker($0.isMultiple(of: 2) ? 0 : 9)) }
    #expect(try run(left, "median").frames == left.map(\.people))
  }

  @Test func `what could not be smoothed is counted`() throws {
    let slow = (0..<20).map { Moment($0, walker(Double($0))) }
    for (method, rate) in [("one-euro", Int32(1)), ("butterworth", 1), ("butterworth:cutoff=20", 30)] {
      let report = try run(slow, method, rate: rate).report.smoothing
      #expect(report == SmoothingReport(keypoints: 340, untouched: 340), "\(method)")
    }
  }

  @Test func `time that stands still or runs back is a gap`() throws {
    let frames = (0..<60).map { index in
      switch index {
      case ..<30: Moment(index, walker(50))
      case 30..<40: Moment(index, tick: 29, walker(Double(index) * 7))
      default: Moment(index, tick: index - 40, walker(900))
      }
    }
    for method in methods { #expect(try run(frames, method).frames == frames.map(\.people), "\(method)") }
  }
}

@Suite struct `Left and right put right` {
  /// Someone who walks on the spot, seen from the side: knees and ankles pass each other.
  private func walking(_ frame: Int, rate: Double = 30) -> TrackedPose {
    var person = walker(Double(frame) * 2)
    let phase = 2 * .pi * 0.9 * Double(frame) / rate
    for (left, right, reach) in [(13, 14, 18.0), (15, 16, 40.0)] {
      person.pose.keypoints[left]?.point.x = Double(frame) * 2 + reach * sin(phase)
      person.pose.keypoints[right]?.point.x = Double(frame) * 2 - reach * sin(phase)
      for joint in [left, right] { person.pose.keypoints[joint]?.point.y = Double(left) * 10 }
    }
    return person
  }

  private func swapped(_ person: TrackedPose, _ pairs: [(Int, Int)]) -> TrackedPose {
    var person = person
    for (left, right) in pairs { person.pose.keypoints.swapAt(left, right) }
    return person
  }

  @Test func `passing legs are left alone at any rate`() throws {
    for rate in [120.0, 60, 30, 15, 10] {
      let frames = (0..<Int(rate) * 4).map { Moment($0, walking($0, rate: rate)) }
      let outcome = try run(frames, mendsSides: true, rate: Int32(rate))
      #expect(outcome.report.sides == SideReport(), "\(rate)")
      #expect(outcome.frames == frames.map(\.people))
    }
  }

  @Test(arguments: [[40..<41], [40..<46], [24..<28, 60..<63, 90..<97], [0..<3], [112..<120]])
  func `confused legs are put right and counted`(wrong: [Range<Int>]) throws {
    let truth = (0..<120).map { Moment($0, walking($0)) }
    let frames = (0..<120).map { index in
      let isWrong = wrong.contains { $0.contains(index) }
      return Moment(index, isWrong ? swapped(walking(index), [(15, 16)]) : walking(index))
    }
    let outcome = try run(frames, mendsSides: true)
    let apart = truth.indices.filter { abs(sin(2 * .pi * 0.9 * Double($0) / 30)) > 0.5 }
    for index in apart { #expect(outcome.frames[index] == truth[index].people, "\(index)") }
    #expect(outcome.report.sides?.swaps == wrong.count)
    #expect((outcome.report.sides?.poses ?? 0) > 0)
  }

  @Test func `a whole body turned is put right, others and eyes stay`() throws {
    let frames = (0..<90).map { index in
      var person = walker(Double(index))
      for joint in 5..<17 { person.pose.keypoints[joint]?.point.x += joint.isMultiple(of: 2) ? 50 : 0 }
      let other = walker(400, id: 3)
      let pairs = stride(from: 5, to: 17, by: 2).map { ($0, $0 + 1) }
      let isWrong = (50..<58).contains(index)
      return Moment(index, isWrong ? swapped(person, pairs) : person, other)
    }
    let outcome = try run(frames, mendsSides: true)
    #expect(outcome.report.sides == SideReport(swaps: 6, poses: 8))
    for (index, frame) in outcome.frames.enumerated() {
      #expect(frame[0].pose.keypoints[15]?.point.x == Double(index))
      #expect(frame[1] == frames[index].people[1])
    }
  }

  @Test func `a turn for good is left as it is`() throws {
    let frames = (0..<200).map { index in
      var person = walker(0)
      person.pose.keypoints[15]?.point.x = index < 100 ? 0 : 80
      person.pose.keypoints[16]?.point.x = index < 100 ? 80 : 0
      return Moment(index, person)
    }
    #expect(try run(frames, mendsSides: true).frames == frames.map(\.people))
  }
}
