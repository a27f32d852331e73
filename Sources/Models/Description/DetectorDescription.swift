package import Architectures

/// What a person detector expects and what its output means.
package struct DetectorDescription: Hashable, Sendable {
  /// How the frame is brought to the size of the input.
  package enum Fit: Hashable, Sendable {
    /// The ratio is kept, the rest is filled with grey.
    case letterbox(Letterbox)
    /// Width and height are scaled separately.
    case stretch
  }

  package struct Letterbox: Hashable, Sendable {
    package enum Position: String, Sendable, Codable, CaseIterable {
      case topLeft = "top_left"
      case center
    }

    package var position: Position
    /// The grey of what is filled up, 0…255; nil for the network's mean.
    package var value: UInt8?
    /// Set for a network that takes any size: the longer side of the frame becomes this long, and both sides are filled
    /// up to a multiple of `multiple`, instead of to the size of the input.
    package var longestSide: Int?
    /// With `longestSide`: the shorter side becomes this long where the longer one stays within its bound.
    package var shortestSide: Int?
    package var multiple: Int?

    package init(
      position: Position, value: UInt8? = 114, longestSide: Int? = nil, shortestSide: Int? = nil, multiple: Int? = nil
    ) {
      self.position = position
      self.value = value
      self.longestSide = longestSide
      self.shortestSide = shortestSide
      self.multiple = multiple
    }
  }

  package var inputWidth: Int
  package var inputHeight: Int
  package var pixels: PixelFormat
  package var fit: Fit
  /// The name of the format of the outputs, such as `yolox`.
  package var format: String
  /// Pixels of the input a cell of each level.
  package var strides: [Int]
  package var classCount: Int
  /// The index of the class that is kept.
  package var personClass: Int
  package var scoreThreshold: Double
  package var suppressionThreshold: Double
  /// Widths and heights of the anchors of each level, one after the other, in pixels of the input; nil for those that the
  /// format was published with, or where it has none.
  package var anchors: [[Double]]?
  /// Candidates of all classes that go into suppression at most; nil for as many as there are.
  package var candidateLimit: Int?
  /// Boxes of all classes in a picture at most; nil for as many as there are.
  package var boxLimit: Int?
  /// What builds the network; nil where its file holds it.
  package var architecture: DetectorArchitecture?

  package init(
    inputWidth: Int, inputHeight: Int, pixels: PixelFormat, fit: Fit, format: String, strides: [Int] = [8, 16, 32],
    classCount: Int = 1, personClass: Int = 0, scoreThreshold: Double = 0.3, suppressionThreshold: Double = 0.65,
    anchors: [[Double]]? = nil, candidateLimit: Int? = nil, boxLimit: Int? = nil,
    architecture: DetectorArchitecture? = nil
  ) {
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
    self.pixels = pixels
    self.fit = fit
    self.format = format
    self.strides = strides
    self.classCount = classCount
    self.personClass = personClass
    self.scoreThreshold = scoreThreshold
    self.suppressionThreshold = suppressionThreshold
    self.anchors = anchors
    self.candidateLimit = candidateLimit
    self.boxLimit = boxLimit
    self.architecture = architecture
  }
}

extension DetectorDescription {
  /// The network that its architecture builds.
  ///
  /// - Parameter name: what the description is called in messages.
  /// - Throws: `ModelError` where it has none, or sizes contradict each other.
  package func blueprint(name: String) throws -> NetworkBlueprint {
    guard let architecture else {
      throw ModelError(.unusable, "\(name): a detector from a checkpoint needs \"architecture\" in its description")
    }
    var size: (height: Int, width: Int)? = (inputHeight, inputWidth)
    if case .letterbox(let letterbox) = fit, letterbox.longestSide != nil { size = nil }
    do {
      return try architecture.blueprint(input: size, classes: classCount)
    } catch let error as ArchitectureError {
      throw ModelError(.unusable, "\(name): \(error.description)")
    }
  }
}
