internal import Inference

extension ProtoValueInfo {
  func scalarType(in file: String) throws -> ScalarType {
    guard let type = ScalarType(onnxNumber: type.tensorType.elemType) else {
      throw ModelFileError(
        .unsupported,
        "\(file): the input \"\(name)\" has the element type number \(type.tensorType.elemType), which is not supported; "
          + "export the model with float inputs")
    }
    return type
  }

  /// The declared shape; nil where a dimension has a symbol instead of a number, is unknown, 0 or -1.
  func shape(in file: String) throws -> [Int?] {
    guard type.hasTensorType, type.tensorType.hasShape else {
      throw ModelFileError(
        .unsupported,
        "\(file): the input \"\(name)\" is not a tensor with a declared number of dimensions; export it with one")
    }
    let dimensions = type.tensorType.shape.dim
    guard dimensions.count <= ScalarType.maximumRank, dimensions.allSatisfy({ $0.dimValue <= Int32.max }) else {
      throw ModelFileError(.malformed, "\(file): the input \"\(name)\" has an impossible shape")
    }
    return dimensions.map { $0.dimValue > 0 ? Int($0.dimValue) : nil }
  }
}
