/// A keypoint set: what the channels of a pose network mean.
public struct Skeleton: Hashable, Sendable {
  public enum Side: String, Sendable, Codable { case left, right, center }

  public struct Joint: Hashable, Sendable {
    public var name: String
    public var side: Side
    /// The index of the joint that takes this one's place in a mirrored picture; its own where it has none.
    public var flipIndex: Int
    /// The per-joint constant k_i/2 of OKS as the data set publishes it ("sigma").
    public var sigma: Double

    public init(name: String, side: Side, flipIndex: Int, sigma: Double) {
      self.name = name
      self.side = side
      self.flipIndex = flipIndex
      self.sigma = sigma
    }
  }

  public struct Limb: Hashable, Sendable {
    public var from: Int
    public var to: Int
    public var side: Side

    public init(_ from: Int, _ to: Int, side: Side) {
      self.from = from
      self.to = to
      self.side = side
    }
  }

  /// The name used in files and on the command line, such as `coco17`.
  public var name: String
  public var joints: [Joint]
  public var limbs: [Limb]

  public init(name: String, joints: [Joint], limbs: [Limb]) {
    self.name = name
    self.joints = joints
    self.limbs = limbs
  }
}
