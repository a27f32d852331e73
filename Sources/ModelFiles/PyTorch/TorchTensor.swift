/// A run of elements in the file that tensors look at: the argument of torch's persistent ids.
struct TorchStorage: Sendable {
  var key: String
  var scalarType: ScalarType
  /// Elements.
  var count: Int
  /// Where it begins inside the storage `key`, in elements (views of the pre-1.6 format).
  var offset = 0
}

/// A tensor as a checkpoint describes it: a window with strides on a storage.
struct TorchTensor: Sendable {
  var storage: TorchStorage
  /// In elements, from the beginning of the storage.
  var offset: Int
  var shape: [Int]
  /// In elements.
  var strides: [Int]
}
