/// One way to compute a convolution of padded images.
protocol ImageProduct {
  func scratch(images: Int, threads: Int) -> ScratchNeed

  /// - Parameter shared: as much of the workspace's shared scratch as `scratch` asked for.
  func run(_ images: ProductImages, _ workspace: Workspace, shared: UnsafeMutablePointer<Float>)
}

/// Where a product reads padded images and writes its results.
struct ProductImages {
  var source: UnsafePointer<Float>
  /// Floats from one padded image to the next.
  var sourceStride: Int
  var output: UnsafeMutablePointer<Float>
  /// Floats from one image of results to the next, and from one channel to the next.
  var outputStride: Int
  var rowStride: Int
  /// Added to the results, laid out as they are.
  var residual: UnsafePointer<Float>?
  var count: Int
}
