internal import Architectures
internal import Files
internal import Foundation
internal import Inference
internal import ModelFiles
internal import Models
internal import TestSupport
import Testing

/// Downloads from a server in this process.
@Suite struct `Downloading a model` {
  private static let architecture: Architecture = {
    var network = ResNet(depth: 50)
    (network.baseChannels, network.stemChannels) = (4, 4)
    return Architecture(network, HeatmapHead(deconvChannels: [4, 4, 4]))
  }()

  /// A checkpoint of about 400 KB with the tensors of a narrow ResNet.
  private static let body: Data = {
    var random = SeededRandom(seed: 1)
    let task = NetworkTask(inputWidth: 192, inputHeight: 256, outputs: 17)
    let tensors = try! architecture.blueprint(for: task).shapes.mapValues { shape in
      Tensor(shape: shape, random.floats(shape.reduce(1, *)))
    }
    return try! SafetensorsFile.serialize(tensors)
  }()

  private let body = Self.body
  private let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")

  private func model(_ server: FileServer, hash: String? = nil) throws -> ZooModel {
    var model = try #require(Zoo.model(named: "res50_coco_256x192"))
    model.architecture = Self.architecture
    model.checkpoint = try #require(URL(string: "\(server.address)/a/\(model.fileName)"))
    model.hash = hash ?? String(FileDigest.sha256(of: body).prefix(8))
    model.sha256 = nil
    return model
  }

  private func download(
    _ model: ZooModel, retries: Int = 4, _ change: (inout ModelDownload.Options) -> Void = { _ in }
  ) throws -> Data {
    var options = ModelDownload.Options()
    options.retries = retries
    options.pause = .milliseconds(10)
    change(&options)
    let checked = try ModelDownload(into: ModelStore(folder: folder), options: options).get(model) { _, _ in }
    return try Data(contentsOf: checked.file)
  }

  private func withServer(
    _ behaviour: FileServer.Behaviour = .init(), sending other: Data? = nil,
    _ test: (FileServer) throws -> Void
  ) throws {
    let server = try FileServer(other ?? body, behaviour)
    defer {
      server.stop()
      try? FileManager.default.removeItem(at: folder)
    }
    try test(server)
  }

  /// What is in the store.
  private var left: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func `A checkpoint is received once and then only checked`() throws {
    try withServer { server in
      for _ in 0..<2 {
        let received = try download(model(server))
        #expect(received == body)
      }
      #expect(server.requests.count == 1)
    }
  }

  @Test func `A cut connection is taken up where it ended`() throws {
    try withServer(.init { $0.cuts = [100_000, 50_000] }) { server in
      let received = try download(model(server))
      #expect(received == body)
      #expect(server.requests.count == 3)
      #expect(server.requests[1].contains("bytes=100000-"))
      #expect(server.requests[2].contains("bytes=150000-"))
    }
  }

  @Test func `What was received before giving up is gone on with by the next command`() throws {
    try withServer(.init { $0.cuts = [100_000] }) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model, retries: 0) }
      #expect(error?.message.contains("goes on from there") == true)
      let received = try download(model, retries: 0)
      #expect(received == body)
      #expect(server.requests[1].contains("bytes=100000-"))
    }
  }

  @Test func `A server without ranges sends everything again`() throws {
    try withServer(.init { ($0.cuts, $0.ignoresRanges) = ([100_000], true) }) { server in
      let received = try download(model(server))
      #expect(received == body)
    }
  }

  @Test func `A wrong hash is an error and leaves nothing`() throws {
    try withServer { server in
      let model = try model(server, hash: "00000000")
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.message.contains("instead of 00000000") == true)
      #expect(try left.isEmpty)
    }
  }

  @Test func `A refusal is not tried again`() throws {
    try withServer(.init { $0.status = 404 }) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.message.contains("404") == true)
      #expect(server.requests.count == 1)
      #expect(try left.isEmpty)
    }
  }

  @Test(arguments: [503, 200])
  func `A page is never taken for a part of the file`(_ status: Int) throws {
    try withServer(.init { ($0.cuts, $0.pages) = ([100_000], [1: status]) }) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.code == .failed)
      #expect(error?.message.contains(status == 200 ? "a page (text/html" : "503") == true, "\(error?.message ?? "")")
      let partial = folder.appending(path: "\(model.fileName).partial")
      #expect(try Data(contentsOf: partial) == body.prefix(100_000))
      #expect(try download(model) == body)
      #expect(server.requests[2].contains("bytes=100000-"))
    }
  }

  @Test func `Another part of the file than was asked for is refused`() throws {
    try withServer(.init { ($0.cuts, $0.sendsWrongPart) = ([100_000], true) }) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.message.contains("another part") == true)
      let partial = folder.appending(path: "\(model.fileName).partial")
      #expect(try Data(contentsOf: partial) == body.prefix(100_000))
    }
  }

  @Test(arguments: [false, true])
  func `What is too large is refused, by its stated size or while it comes`(_ hidesLength: Bool) throws {
    try withServer(.init { $0.hidesLength = hidesLength }) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model) { $0.largestFile = 200_000 } }
      #expect(error?.message.contains("no published checkpoint is so large") == true)
      #expect(try left.isEmpty)
    }
  }

  @Test func `A connection that brings next to nothing is cut and taken up again`() throws {
    try withServer(.init { $0.stallsAfter = 150_000 }) { server in
      // On a busy machine the patience may also end before the server has its turn; that costs a retry.
      let received = try download(model(server), retries: 60) { $0.patience = .milliseconds(500) }
      #expect(received == body)
      #expect(server.requests.count >= 3)
      #expect(server.requests.contains { $0.contains("bytes=150000-") })
    }
  }

  @Test(arguments: ["http://example.invalid/x.pth", "ftp://127.0.0.1/x.pth"])
  func `Nothing is followed to where others can change it`(_ place: String) throws {
    try withServer(.init { $0.redirection = place }) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.message.contains("leads on to \(place), which is not https") == true, "\(error?.message ?? "")")
      #expect(server.requests.count == 1)
      #expect(try left.isEmpty)
    }
  }

  @Test func `A redirection to a safe place is followed`() throws {
    try withServer { server in
      let first = try FileServer(Data(), .init { $0.redirection = "\(server.address)/elsewhere" })
      defer { first.stop() }
      #expect(try download(model(first)) == body)
      #expect(server.requests.first?.hasPrefix("GET /elsewhere ") == true)
    }
  }

  @Test(arguments: ["http://example.invalid/", "ftp://127.0.0.1", "mirror"])
  func `A mirror must be safe`(_ mirror: String) throws {
    let model = try #require(Zoo.model(named: "res50_coco_256x192"))
    let error = #expect(throws: ModelError.self) { try download(model) { $0.mirror = mirror } }
    #expect(error?.code == .unusable)
    #expect(error?.message.contains("https://") == true)
  }

  @Test func `A file of the right hash with other tensors is thrown away`() throws {
    let other = try SafetensorsFile.serialize(["backbone.conv1.weight": Tensor(shape: [1], [1 as Float])])
    try withServer(sending: other) { server in
      let model = try model(server, hash: String(FileDigest.sha256(of: other).prefix(8)))
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.code == .failed)
      #expect(error?.message.contains("the checkpoint belongs to another network") == true, "\(error?.message ?? "")")
      #expect(try left.isEmpty)
    }
  }

  @Test func `Where the whole hash is known its beginning is not enough`() throws {
    try withServer { server in
      var model = try model(server)
      let whole = FileDigest.sha256(of: body)
      model.sha256 = whole.prefix(8) + String(repeating: "0", count: 56)
      #expect(throws: ModelError.self) { try download(model) }
      model.sha256 = whole
      #expect(try download(model) == body)
      let checked = try CheckedCheckpoint(ModelStore(folder: folder).file(of: model), of: model)
      #expect(checked.summary.contains("SHA-256 is the one pinned"))
    }
  }

  @Test func `Two programs do not receive into one file`() throws {
    try withServer(.init { $0.stallsAfter = 100_000 }) { server in
      let model = try model(server)
      let first = DispatchSemaphore(value: 0)
      let done = DispatchSemaphore(value: 0)
      var options = ModelDownload.Options()
      options.retries = 0
      let download = ModelDownload(into: ModelStore(folder: folder), options: options)
      Thread.detachNewThread {
        _ = try? download.get(model) { _, _ in first.signal() }
        done.signal()
      }
      first.wait()
      let error = #expect(throws: ModelError.self) { try download.get(model) { _, _ in } }
      #expect(error?.message.contains("another program is receiving") == true)
      server.stop()
      done.wait()
    }
  }

  @Test func `A mirror takes the place of the published address`() throws {
    try withServer { server in
      var model = try model(server)
      model.checkpoint = try #require(Zoo.model(named: "res50_coco_256x192")).checkpoint
      _ = try download(model) { $0.mirror = server.address + "/copies" }
      let path = "/copies/top_down/resnet/res50_coco_256x192-ec54d7f3_20200709.pth"
      #expect(server.requests.first?.hasPrefix("GET \(path) ") == true)
    }
  }
}
