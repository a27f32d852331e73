private import Architectures
internal import ModelFiles

extension DetectorDescription {
  /// What a configuration of Darknet says of a YOLOv3: pictures enter as in Darknet, RGB in 0…1 and centred in grey.
  ///
  /// - Throws: `ModelFileError` where it is another network's, `ModelError` where the class of people can't be told.
  init(_ configuration: DarknetConfiguration) throws {
    let (network, classes) = try YOLOv3.described(by: configuration)
    guard let net = configuration.sections.first, let width = net.integer("width"), let height = net.integer("height"),
      (32...8192).contains(width), (32...8192).contains(height), width.isMultiple(of: 32), height.isMultiple(of: 32)
    else {
      throw ModelError(.unusable, "\(configuration.name): width and height under [net] must be multiples of 32")
    }
    guard classes == 80 || classes == 1 else {
      throw ModelError(
        .unusable,
        "\(configuration.name): which of its \(classes) classes are people can't be told; write a description (.json) with "
          + "\"format\": \"yolov3\", \"architecture\", \"classes\", and the .weights as \"checkpoint\"")
    }
    let anchors = try configuration.sections.filter { $0.name == "yolo" }.map { section in
      guard let all = section.list("anchors"), let mask = section.list("mask")?.compactMap({ Int(exactly: $0) }),
        mask.count == 3, mask.allSatisfy({ $0 >= 0 && 2 * $0 + 1 < all.count })
      else {
        throw ModelError(
          .unusable, "\(configuration.name): a [yolo] section needs anchors, and a mask of three of them")
      }
      return mask.flatMap { [all[2 * $0], all[2 * $0 + 1]] }
    }
    self.init(
      inputWidth: width, inputHeight: height,
      pixels: PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [255, 255, 255]),
      fit: .letterbox(.init(position: .center, value: 127)), format: "yolov3", strides: [32, 16, 8],
      classCount: classes,
      suppressionThreshold: 0.45, anchors: anchors, architecture: DetectorArchitecture(network))
  }
}
