extension ScalarType {
  /// More dimensions than any network has; a limit for made-up files.
  static let maximumRank = 32

  /// Bytes that a dense tensor takes in the file. Throws `malformed` for negative dimensions and for sizes that do not fit,
  /// counted in the wider of the stored and the loaded type.
  func byteCount(ofShape shape: [Int], in file: String) throws -> Int {
    var count = 1
    var overflow = shape.count > Self.maximumRank
    for dimension in shape {
      let product = count.multipliedReportingOverflow(by: max(dimension, 1))
      count = product.partialValue
      overflow = overflow || product.overflow || dimension < 0
    }
    guard !overflow, !count.multipliedReportingOverflow(by: 8).overflow else {
      throw ModelFileError(
        .malformed,
        "\(file): a tensor has the impossible shape [\(shape.prefix(40).map(String.init).joined(separator: ", "))]")
    }
    return shape.contains(0) ? 0 : count * byteCount
  }
}
