package import Pose

/// A way of linking frame by frame. A new one is added to `all`, and nowhere else.
package struct TrackerMethod: Hashable, Sendable {
  /// As it is named on the command line.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// Whether the second pass may correct it; published ones stay as they are.
  package let takesSecondPass: Bool
  /// Whether it needs the pictures of the video besides its poses.
  package let looksAtPictures: Bool
  /// Whether the least score and the least keypoints of somebody new hold for it.
  package let limitsBeginnings: Bool
  private let make: @Sendable (Skeleton, TrackerOptions) -> any FrameTracker

  package static let all: [TrackerMethod] = [.default, .greedyIoU, .greedyOKS, .flow]

  package static let `default` = TrackerMethod(
    name: "default", summary: "our own", takesSecondPass: true, looksAtPictures: false,
    limitsBeginnings: true
  ) { Tracker(skeleton: $0, options: $1) }

  package static let greedyIoU = TrackerMethod(
    name: "greedy-iou", summary: "overlap with the frame before, as mmpose 0.x", takesSecondPass: false,
    looksAtPictures: false, limitsBeginnings: false
  ) { skeleton, _ in GreedyTracker(skeleton: skeleton, measure: .iou) }

  package static let greedyOKS = TrackerMethod(
    name: "greedy-oks", summary: "keypoint similarity with the frame before, as mmpose 0.x", takesSecondPass: false,
    looksAtPictures: false, limitsBeginnings: false
  ) { skeleton, _ in GreedyTracker(skeleton: skeleton, measure: .oks) }

  package static let flow = TrackerMethod(
    name: "flow",
    summary:
      "keypoint similarity with the last 8 frames, which optical flow moves on and takes boxes from, as Simple Baselines "
      + "(Xiao 2018; boxes under 0.5 and joints under 0.4 dropped, boxes grown by 15 %, suppressed at 0.3, similarity above 0.2)",
    takesSecondPass: false, looksAtPictures: true, limitsBeginnings: true
  ) { FlowTracker(skeleton: $0, limits: $1) }

  package static func named(_ name: String) -> TrackerMethod? { all.first { $0.name == name } }

  package func tracker(_ skeleton: Skeleton, _ options: TrackerOptions) -> any FrameTracker { make(skeleton, options) }

  package static func == (a: TrackerMethod, b: TrackerMethod) -> Bool { a.name == b.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// By its name.
extension TrackerMethod: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let method = Self.named(name) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no tracker is named \(name)")
    }
    self = method
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
