extension TorchArchive {
  /// Where the tensor lies in the file. Throws `malformed` where it reaches beyond its storage.
  func locate(_ tensor: TorchTensor, called name: String) throws -> StoredTensor {
    let type = tensor.storage.scalarType
    let place = "\(source.name): tensor \"\(name)\""
    guard let range = storages[tensor.storage.key] else {
      throw ModelFileError(.malformed, "\(place): its storage \(tensor.storage.key) is missing")
    }
    _ = try type.byteCount(ofShape: tensor.shape, in: place)
    let count = tensor.shape.reduce(1, *)
    let available = range.count / type.byteCount
    guard let last = tensor.lastElement, count == 0 || last < tensor.storage.count,
      tensor.storage.count <= available - min(tensor.storage.offset, available)
    else {
      throw ModelFileError(
        .malformed, "\(place) of shape \(tensor.shape) does not fit its storage; the file is damaged")
    }
    let offset = range.lowerBound + (count == 0 ? 0 : (tensor.storage.offset + tensor.offset) * type.byteCount)
    return try StoredTensor(
      type, shape: tensor.shape, strides: tensor.isContiguous ? nil : tensor.strides, in: source, at: offset)
  }
}

extension TorchTensor {
  /// Index of the last element that the window touches, or nil where numbers are negative or overflow.
  fileprivate var lastElement: Int? {
    guard offset >= 0 else { return nil }
    var last = offset
    for (size, stride) in zip(shape, strides) where size != 1 {
      guard size > 0 else { continue }
      let (step, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
      let (sum, sumOverflow) = last.addingReportingOverflow(step)
      guard stride >= 0, !overflow, !sumOverflow else { return nil }
      last = sum
    }
    return last
  }

  fileprivate var isContiguous: Bool {
    var expected = 1
    for (size, stride) in zip(shape, strides).reversed() where size != 1 {
      guard stride == expected else { return false }
      expected *= size
    }
    return true
  }
}
