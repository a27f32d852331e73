internal import Foundation
internal import ModelFiles
import Testing

@Suite struct `Damaged checkpoints` {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var word: String
    var change: @Sendable (inout TorchWriter) -> Void

    init(_ description: String, saying word: String, _ change: @escaping @Sendable (inout TorchWriter) -> Void) {
      testDescription = description
      self.word = word
      self.change = change
    }
  }

  static let archives: [Case] = [
    Case("a compressed entry", saying: "compressed") { $0.entries[1].method = 8 },
    Case("an encrypted entry", saying: "encrypted") { $0.entries[1].flags = 1 },
    Case("overlapping entries", saying: "overlap") {
      $0.entries.append(.init(name: "archive/data/00", data: $0.entries[1].data, claimedOffset: 0))
      $0.entries[0].name = "archive/data.pkl"
      $0.entries[0].claimedOffset = 0
      $0.entries[2].name = "archive/data-pkl"
    },
    Case("an entry beyond the end", saying: "beyond") { $0.entries[1].claimedOffset = 1 << 30 },
    Case("an entry twice", saying: "twice") { $0.entries.append($0.entries[1]) },
    Case("a path that leads out", saying: "leads out") { $0.entries[1].name = "archive/../../data/0" },
    Case("an absolute path", saying: "leads out") { $0.entries[1].name = "/archive/data/0" },
    Case("no pickle", saying: "data.pkl") { $0.entries.removeFirst() },
    Case("a TorchScript program", saying: "TorchScript") {
      $0.entries.append(.init(name: "archive/constants.pkl", data: []))
    },
    Case("another byte order", saying: "big-endian") {
      $0.entries.append(.init(name: "archive/byteorder", data: Array("big".utf8)))
    },
    Case("names with and without prefix", saying: "module.") {
      $0 = TorchWriter(pickle: Pickle.dictionary([("module.w", Pickle.tensor()), ("w", Pickle.tensor())]))
    },
  ]

  @Test(arguments: archives)
  func `an archive that torch would not write is refused`(_ example: Case) {
    var writer = TorchWriter()
    #expect(throws: Never.self) { try writer.checkpoint() }
    example.change(&writer)
    let error = #expect(throws: ModelFileError.self) { try writer.checkpoint() }
    #expect(error?.message.contains(example.word) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("made.pth") == true)
  }

  @Test(arguments: ["varied.pth", "varied.legacy.pth", "varied.safetensors"])
  func `a file that is cut short anywhere is refused`(name: String) throws {
    let whole = [UInt8](try Data(contentsOf: Fixtures.file(name)))
    for count in 0..<whole.count {
      #expect(throws: ModelFileError.self) { try Checkpoint(ByteSource(Array(whole[..<count]), name: name)) }
    }
  }

  @Test(arguments: ["varied.pth", "varied.legacy.pth"])
  func `a flipped byte is an error or another value, never a crash`(name: String) throws {
    let whole = [UInt8](try Data(contentsOf: Fixtures.file(name)))
    for index in stride(from: 0, to: whole.count, by: 4) {
      var bytes = whole
      bytes[index] ^= [0xff, 0x01, 0x80][index / 4 % 3]
      let result = Result { () throws in
        let checkpoint = try Checkpoint(ByteSource(bytes, name: name))
        for tensor in checkpoint.tensors.values { _ = try tensor.read() }
      }
      if case .failure(let error) = result { #expect(error is ModelFileError) }
    }
  }

  @Test(arguments: ["", "PK", "not a checkpoint at all", "\u{80}"])
  func `other files are refused`(text: String) {
    #expect(throws: ModelFileError.self) { try Checkpoint(ByteSource(Array(text.utf8), name: "other.pth")) }
  }
}
