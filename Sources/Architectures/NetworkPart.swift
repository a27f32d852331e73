/// A family of backbones or heads with its sizes: what descriptions call it, how it is built, and what checkpoints call its
/// tensors. Its stored properties, written in snake case, are its keys in a description.
///
/// A new family is a type of its own, named once in `Architecture.backbones` or `Architecture.heads`.
package protocol NetworkPart: Codable, Hashable, Sendable {
  /// What a description calls the family.
  static var type: String { get }

  /// The sizes of the published network, for what a description does not state.
  static var published: Self { get }

  /// How checkpoints name the tensors where they do not name them as mmpose 1.x does.
  static var renamings: [CheckpointRenaming] { get }
}

extension NetworkPart {
  package static var renamings: [CheckpointRenaming] { [] }
}

/// What sees: from a picture to a map of features.
package protocol Backbone: NetworkPart {
  /// Throws `ArchitectureError` where sizes contradict each other.
  func write(_ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws -> FeatureMap
}

/// What writes keypoints: from a map of features to the outputs of the network.
package protocol Head: NetworkPart {
  /// Throws `ArchitectureError` where sizes contradict each other or the task.
  func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws
}

extension Head {
  package static var renamings: [CheckpointRenaming] { [.mmpose0] }
}

/// What a network is built for: the numbers that the pictures and the keypoints give.
package struct NetworkTask: Hashable, Sendable {
  package var inputWidth: Int
  package var inputHeight: Int
  /// Maps, or vectors along each axis, that are put out.
  package var outputs: Int
  /// Bins of a vector for every pixel of the input; nil for maps.
  package var binsPerPixel: Double?
  package var people = People.one

  /// Whom a network looks at, and how it tells people apart.
  package enum People: Hashable, Sendable {
    /// A single one, in a picture of one size.
    case one
    /// All in a picture of any size, by as many maps of tags as there are outputs.
    case tagged
    /// All in a picture of any size, by maps of where the keypoints of the person lie that a pixel is the centre of. `links` are the
    /// lines between keypoints by whose lengths a pose is rated; 0 where poses are not.
    case centred(links: Int)
  }

  package init(inputWidth: Int, inputHeight: Int, outputs: Int, binsPerPixel: Double? = nil) {
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
    self.outputs = outputs
    self.binsPerPixel = binsPerPixel
  }
}
