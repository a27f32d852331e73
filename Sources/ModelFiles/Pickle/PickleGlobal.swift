/// The names that a checkpoint may refer to. The list is closed, and each name stands for something written in this module:
/// nothing is looked up and nothing is executed.
enum PickleGlobal: Sendable {
  case orderedDictionary
  case rebuildTensor
  case rebuildParameter
  case rebuildFromType
  case storage(ScalarType)
  case size
  case encode
  case dictionary, list, tuple
  /// Classes and values that hold no weights: calling one, or asking it for an attribute, gives `PickleValue.opaque`.
  case opaque

  init?(module: String, name: String) {
    if let known = Self.known["\(module).\(name)"] {
      self = known
    } else if ["torch", "torch.cuda"].contains(module), let type = Self.storageTypes[name] {
      self = .storage(type)
    } else if Self.opaqueNames.contains("\(module).\(name)") || Self.isScalarType(module, name) {
      self = .opaque
    } else {
      return nil
    }
  }

  private static let known: [String: PickleGlobal] = {
    var known: [String: PickleGlobal] = [
      "collections.OrderedDict": .orderedDictionary,
      "torch._utils._rebuild_tensor": .rebuildTensor,
      "torch._utils._rebuild_tensor_v2": .rebuildTensor,
      "torch._utils._rebuild_parameter": .rebuildParameter,
      "torch._utils._rebuild_parameter_with_state": .rebuildParameter,
      "torch._tensor._rebuild_from_type_v2": .rebuildFromType,
      "torch.Size": .size,
      "_codecs.encode": .encode,
    ]
    for module in ["builtins", "__builtin__"] {
      known["\(module).dict"] = .dictionary
      known["\(module).list"] = .list
      known["\(module).tuple"] = .tuple
    }
    return known
  }()

  private static let storageTypes: [String: ScalarType] = [
    "DoubleStorage": .float64, "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8, "ByteStorage": .uint8,
    "BoolStorage": .bool,
  ]

  /// Data that training frameworks write beside the weights: NumPy values, settings and loss histories of mmengine and mmcv.
  private static let opaqueNames: Set<String> = {
    var names: Set<String> = [
      "torch.device", "torch.Tensor", "torch.nn.parameter.Parameter", "torch.strided", "torch.contiguous_format",
      "torch.channels_last", "torch.preserve_format", "torch.serialization._get_layout",
      "numpy.ndarray", "numpy.dtype", "numpy.core.multiarray._reconstruct", "numpy.core.multiarray.scalar",
      "numpy._core.multiarray._reconstruct", "numpy._core.multiarray.scalar", "numpy._core.numeric._frombuffer",
      "numpy.core.numeric._frombuffer", "collections.defaultdict", "collections.deque", "collections.Counter",
      "copyreg._reconstructor", "copy_reg._reconstructor", "datetime.datetime", "datetime.timedelta",
      "argparse.Namespace",
      "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "addict.addict.Dict",
      "mmengine.logging.history_buffer.HistoryBuffer", "mmengine.config.config.Config",
      "mmengine.config.config.ConfigDict",
      "mmcv.utils.config.Config", "mmcv.utils.config.ConfigDict",
    ]
    let builtins = [
      "set", "frozenset", "int", "float", "bool", "str", "bytes", "bytearray", "complex", "slice", "range", "object",
      "getattr",
      "long", "unicode",
    ]
    names.formUnion(builtins.flatMap { ["builtins.\($0)", "__builtin__.\($0)"] })
    return names
  }()

  /// `torch.float32`, `numpy.int64`, `numpy.dtypes.Float64DType` …
  private static func isScalarType(_ module: String, _ name: String) -> Bool {
    let scalars: Set = [
      "float64", "double", "float32", "float", "float16", "half", "bfloat16", "int64", "long", "int32", "int", "int16",
      "short",
      "int8", "uint64", "uint32", "uint16", "uint8", "bool", "bool_", "complex64", "complex128", "str_", "bytes_",
      "longlong",
    ]
    switch module {
    case "torch", "numpy": return scalars.contains(name)
    case "numpy.dtypes": return name.hasSuffix("DType")
    default: return false
    }
  }
}
