internal import Imaging
internal import Pose

extension CropGeometry {
  /// Cuts the person out of the picture and writes the network's three planes of `inputHeight` × `inputWidth` floats.
  func cut(_ picture: Picture, scaling: PixelScaling, into planes: UnsafeMutablePointer<Float>) {
    let warp = affine
    picture.sample(
      columns: SamplingAxis(start: -warp.c / warp.a, step: 1 / warp.a, count: inputWidth),
      rows: SamplingAxis(start: -warp.f / warp.e, step: 1 / warp.e, count: inputHeight),
      border: .zero, scaling: scaling, into: planes, rowStride: inputWidth, planeStride: inputWidth * inputHeight)
  }
}
