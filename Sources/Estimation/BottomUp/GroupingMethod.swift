internal import Models
internal import Pose

/// A published way from whole pictures to people: how pictures are resized, maps are put together, and people are read from them.
protocol GroupingMethod: Sendable {
  /// Sizes at which the network looks at a picture, the largest first.
  var scaleFactors: [Double] { get }

  /// Whether mirrored maps are moved by a pixel.
  var shiftsFlippedOutput: Bool { get }

  /// Whether maps are enlarged to the size of the input.
  var enlargesToInput: Bool { get }

  /// Whether enlarging keeps the centres of corner pixels in place.
  var alignsCorners: Bool { get }

  /// How a picture enters the network.
  func fit(width: Int, height: Int, scale: Double) -> PictureFit

  /// From map pixels of a picture to the picture.
  func toPicture(width: Int, height: Int, from maps: PredictionMaps) -> Affine

  func people(in maps: PeopleMaps) -> [MapPerson]
}

/// The size of a network's input for a picture, and the way to it.
struct PictureFit: Hashable, Sendable {
  var width: Int
  var height: Int
  var affine: Affine
}

extension GroupingCodec {
  /// nil for networks that write no tags.
  func method(_ description: BottomUpDescription, _ skeleton: Skeleton) -> (any GroupingMethod)? {
    switch self {
    case .heatmapParser(let settings):
      return HeatmapParser(
        settings: settings, input: InputSize(width: description.inputWidth, height: description.inputHeight),
        jointOrder: skeleton.groupingOrder)
    case .associativeEmbedding(let settings):
      return AssociativeEmbedding(
        settings: settings, resize: BottomupResize(settings, of: description),
        jointOrder: settings.keypointOrder ?? skeleton.groupingOrder)
    case .spr:
      return nil
    }
  }
}

extension Skeleton {
  /// The order in which mmpose groups joints: sets of 17 from head and torso outwards, others as they come.
  fileprivate var groupingOrder: [Int] {
    joints.count == 17 ? [0, 1, 2, 3, 4, 5, 6, 11, 12, 7, 8, 9, 10, 13, 14, 15, 16] : Array(joints.indices)
  }
}

extension Int {
  /// The smallest multiple of `base` that is not below `value`.
  static func ceiling(_ value: Double, multipleOf base: Int) -> Int {
    Int((value / Double(base)).rounded(.up)) * base
  }
}
