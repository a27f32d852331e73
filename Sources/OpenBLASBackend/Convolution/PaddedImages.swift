internal import CKernels
internal import Inference

/// The layout of images whose planes got a border and whose columns are sorted by their remainder modulo the horizontal
/// stride, so that whatever the stride, neighbouring results read neighbouring memory.
struct PaddedImages {
  let channels: Int
  let height: Int
  let width: Int
  let top: Int
  let left: Int
  let paddedHeight: Int
  let paddedWidth: Int
  let phases: Int

  init(channels: Int, height: Int, width: Int, padding: [Int], phases: Int) {
    self.channels = channels
    self.height = height
    self.width = width
    (top, left) = (padding[0], padding[1])
    paddedHeight = height + padding[0] + padding[2]
    paddedWidth = width + padding[1] + padding[3]
    self.phases = phases
  }

  /// Whether the image is already laid out like this.
  var isPlain: Bool { phases == 1 && paddedHeight == height && paddedWidth == width }
  var partLength: Int { (paddedWidth + phases - 1) / phases }
  var rowLength: Int { partLength * phases }
  var planeLength: Int { paddedHeight * rowLength }
  var imageLength: Int { channels * planeLength }

  /// Where the pixel that tap (y, x) adds to the first result lies; the next results follow it.
  func offset(y: Int, x: Int) -> Int { y * rowLength + x % phases * partLength + x / phases }

  func fill(
    _ padded: UnsafeMutablePointer<Float>, plane: UnsafePointer<Float>, with border: Float = 0,
    _ kernels: CKPlaneKernels
  ) {
    kernels.pad_plane(plane, height, width, padded, paddedHeight, paddedWidth, top, left, phases, border)
  }

  /// Pads all planes of `images` images with zeros.
  func fill(
    _ padded: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>, images: Int, _ workspace: Workspace
  ) {
    let kernels = workspace.kernels
    workspace.pool.run(chunks: images * channels) { plane, _ in
      fill(padded + plane * planeLength, plane: source + plane * height * width, kernels)
    }
  }
}
