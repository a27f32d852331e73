private import Foundation
internal import Overlay
internal import Pipeline
internal import Timing
internal import Tracking
internal import Video

extension InputOptions {
  var readerOptions: VideoReaderOptions {
    var options = VideoReaderOptions()
    options.stream = stream
    options.start = start?.value
    options.end = end?.value
    options.maxFrames = maxFrames
    options.stride = stride
    options.imageFrameRate = Rational(frameRate: frameRate)
    options.deinterlacing = deinterlace
    return options
  }
}

extension AnalysisRequest {
  init(_ boxes: BoxOptions, _ pose: PoseModelOptions) {
    let origin: Boxes =
      if boxes.wholeFrame {
        .wholeFrame
      } else if let file = boxes.boxes {
        .file(URL(filePath: file), numbers: boxes.boxNumbers)
      } else {
        .detector(boxes.detector, every: boxes.detectEvery)
      }
    self.init(
      boxes: origin, boxThreshold: boxes.boxThreshold, model: pose.model, flipTest: pose.flipTest, batch: pose.batch)
    selection = boxes.selection.request
  }
}

extension AnalysisLine {
  /// Loads the networks, and says what was taken for granted.
  ///
  /// - Parameter flow: How people are followed by optical flow; nil where they are not.
  init(
    _ boxes: BoxOptions, _ pose: PoseModelOptions, _ engine: EngineOptions, flow: FlowTrackerOptions? = nil
  ) throws {
    let engine = try engine.engine
    var request = AnalysisRequest(boxes, pose)
    request.flow = flow
    try self.init(
      request, engine: engine, version: Posetrail.version,
      build: BuildInformation.provenance(engine.backend))
    for note in notes { Terminal.say("posetrail: \(note)") }
  }
}

extension EngineOptions {
  var engine: Engine {
    get throws { Engine(name: backend.rawValue, backend: try backend.backend, options: compileOptions) }
  }
}

extension DrawingOptions {
  var overlayOptions: OverlayOptions {
    var options = OverlayOptions()
    options.scoreThreshold = keypointThreshold
    options.colourBy = colourBy
    options.boxes = drawBoxes
    options.ids = drawBoxes
    options.trails = trails
    options.blurFaces = blurFaces
    return options
  }
}

extension EncodingOptions {
  var writerOptions: VideoWriterOptions {
    var options = VideoWriterOptions()
    options.encoder = encoder
    options.quality = crf
    options.preset = preset
    return options
  }

  func overlaySettings(_ drawing: DrawingOptions) -> OverlaySettings {
    var settings = OverlaySettings()
    settings.drawing = drawing.overlayOptions
    settings.encoding = writerOptions
    return settings
  }
}

extension Rational {
  /// Pictures a second to the nearest thousandth.
  init(frameRate: Double) {
    self.init(Int32((frameRate * 1000).rounded()), 1000)
  }
}
