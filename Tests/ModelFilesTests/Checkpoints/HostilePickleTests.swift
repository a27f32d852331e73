internal import Foundation
internal import Inference
internal import ModelFiles
import Testing

private typealias P = Pickle

@Suite struct `Hostile pickles` {
  @Test(arguments: [
    ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("__builtin__", "exec"), ("subprocess", "Popen"),
    ("torch.hub", "load"), ("torch._utils", "_rebuild_qtensor"), ("torch.nn.modules.conv", "Conv2d"),
    ("numpy", "load"), ("collections", "namedtuple"),
  ])
  func `objects that are not plain data are refused by name`(module: String, name: String) {
    for global in [P.global(module, name), P.text(module) + P.text(name) + [0x93]] {
      let error = #expect(throws: ModelFileError.self) {
        try TorchWriter(
          pickle: P.dictionary([("w", P.tensor()), ("x", global + P.tuple([P.text("touch /tmp/x")]) + P.reduce)])
        )
        .checkpoint()
      }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("\(module).\(name)") == true)
    }
  }

  @Test
  func `known objects that are data only are skipped, also with their state and attributes`() throws {
    let history = P.global("mmengine.logging.history_buffer", "HistoryBuffer")
    let buffer = history + P.emptyTuple + [0x81] + P.dictionary([("_log_history", P.text("x"))]) + [0x62]
    let method = P.call(P.global("__builtin__", "getattr"), [history, P.text("min")])
    let set = P.call(P.global("__builtin__", "set"), [[0x5d] + P.int(1) + [0x61]])
    let pickle = P.dictionary([
      ("message_hub", P.tuple([buffer, method, set])), ("state_dict", P.dictionary([("w", P.tensor())])),
    ])
    #expect(try TorchWriter(pickle: pickle).checkpoint().tensor("w").shape == [4])
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var writer: TorchWriter

    init(_ description: String, _ writer: TorchWriter) {
      testDescription = description
      self.writer = writer
    }
  }

  static let tensors: [Case] = [
    Case("beyond the storage", TorchWriter(offset: 1)),
    Case("with a negative offset", TorchWriter(offset: -1, shape: [1])),
    Case("with a negative stride", TorchWriter(offset: 3, strides: [-1])),
    Case("with strides beyond the storage", TorchWriter(shape: [2, 2], strides: [3, 1])),
    Case("with overflowing strides", TorchWriter(shape: [3, 2], strides: [Int.max / 2, Int.max])),
    Case("with an overflowing shape", TorchWriter(shape: [Int.max, 2], strides: [0, 0])),
    Case("with an absurd repetition", TorchWriter(shape: [1 << 40], strides: [0])),
    Case("with a negative dimension", TorchWriter(shape: [-4])),
    Case("with fewer strides than dimensions", TorchWriter(shape: [2, 2])),
    Case(
      "with a hundred dimensions",
      TorchWriter(shape: .init(repeating: 1, count: 100), strides: .init(repeating: 1, count: 100))),
    Case("on a missing storage", TorchWriter(key: "1")),
    Case("on a storage shorter than it says", TorchWriter(shape: [5], count: 5)),
    Case("on a storage of absurd size", TorchWriter(shape: [1], count: Int.max)),
    Case("on a storage of negative size", TorchWriter(shape: [0], count: -1)),
    Case("of unknown type", TorchWriter(pickle: P.dictionary([("w", P.tensor(type: "ComplexFloatStorage"))]))),
  ]

  @Test(arguments: tensors)
  func `a tensor that does not fit its storage is refused`(_ example: Case) {
    #expect(throws: ModelFileError.self) { try example.writer.checkpoint() }
  }

  @Test func `tensors that repeat a small storage are counted together before they are made`() throws {
    let few = (0..<4).map { ("w\($0)", P.tensor(shape: [1 << 20], strides: [0])) }
    #expect(try TorchWriter(pickle: P.dictionary(few)).checkpoint().tensor("w3").count == 1 << 20)
    let many = (0..<32).map { ("w\($0)", P.tensor(shape: [1 << 20], strides: [0])) }
    let error = #expect(throws: ModelFileError.self) { try TorchWriter(pickle: P.dictionary(many)).checkpoint() }
    #expect(error?.message.contains("made.pth: its tensors repeat") == true)
  }

  static let pickles: [(String, [UInt8])] = [
    ("stack underflow", [0x30, 0x30]), ("value below a mark", P.int(1) + [0x28, 0x52]),
    ("missing mark", P.emptyDictionary + [0x75]),
    ("odd number of items", P.emptyDictionary + [0x28] + P.int(1) + [0x75]), ("unknown memo", [0x68, 7]),
    ("unknown instruction", [0xff]), ("instance by name", Array("(ios\nsystem\n".utf8)), ("text protocol", [0x80, 0]),
    ("text longer than the file", [0x58, 0xff, 0xff, 0xff, 0xff]),
    ("bytes of negative length", [0x8e] + [UInt8](repeating: 0xff, count: 8)),
    ("append to a number", P.int(1) + P.int(2) + [0x61]), ("call of a number", P.int(1) + P.emptyTuple + P.reduce),
    ("call without a tuple", P.global("collections", "OrderedDict") + P.int(1) + P.reduce),
    ("no dictionary", P.int(1)), ("empty dictionary", P.emptyDictionary),
    ("storage that is no tuple", P.int(1) + [0x51]),
    (
      "tensor without a storage",
      P.call(P.global("torch._utils", "_rebuild_tensor_v2"), [P.int(1), P.int(0), P.tuple([]), P.tuple([])])
    ),
    ("tensor with one argument", P.call(P.global("torch._utils", "_rebuild_tensor_v2"), [P.int(1)])),
    ("dictionary of numbers", P.call(P.global("collections", "OrderedDict"), [P.tuple([P.int(1)])])),
    ("name without end", [0x63] + [UInt8](repeating: 0x61, count: 10_000)), ("nothing", []),
  ]

  @Test(arguments: pickles.indices)
  func `instructions that make no sense are refused`(index: Int) {
    let (name, pickle) = Self.pickles[index]
    #expect(throws: ModelFileError.self, "\(name)") { try TorchWriter(pickle: pickle).checkpoint() }
  }

  @Test
  func `a list that contains itself, and a million nested lists, do no harm`() throws {
    let loop: [UInt8] = [0x5d, 0x71, 0, 0x68, 0, 0x61]
    let nested = [UInt8](repeating: 0x5d, count: 1_000_000) + [UInt8](repeating: 0x61, count: 999_999)
    let pickle = P.dictionary([("loop", loop), ("nested", nested), ("w", P.tensor())])
    #expect(try TorchWriter(pickle: pickle).checkpoint().tensors.count == 1)
  }

  @Test
  func `calls that copy without end are refused`() {
    let pair = P.tuple([P.int(1), P.int(2)])
    let list: [UInt8] = [0x5d, 0x71, 0, 0x28] + (0..<20_000).flatMap { _ in pair } + [0x65, 0x30]
    let copy = P.global("collections", "OrderedDict") + [0x68, 0, 0x85, 0x52, 0x30]
    let copies = (0..<20_000).flatMap { _ in copy }
    #expect(throws: ModelFileError.self) { try TorchWriter(pickle: list + copies + P.emptyDictionary).checkpoint() }
  }
}
