internal import Files
internal import Foundation
internal import Models
internal import TestSupport
import Testing

/// Downloads from a server in this process.
@Suite struct `Downloading a model` {
  private let body = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 5) })
  private let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")

  private func model(_ server: FileServer, hash: String? = nil) throws -> ZooModel {
    var model = try #require(Zoo.model(named: "res50_coco_256x192"))
    model.checkpoint = try #require(URL(string: "\(server.address)/a/\(model.fileName)"))
    model.hash = hash ?? String(FileDigest.sha256(of: body).prefix(8))
    return model
  }

  private func download(_ model: ZooModel, retries: Int = 4) throws -> Data {
    var options = ModelDownload.Options()
    options.retries = retries
    options.pause = .milliseconds(10)
    let file = try ModelDownload(into: ModelStore(folder: folder), options: options).get(model) { _, _ in }
    return try Data(contentsOf: file)
  }

  private func withServer(_ behaviour: FileServer.Behaviour = .init(), _ test: (FileServer) throws -> Void) throws {
    let server = try FileServer(body, behaviour)
    defer {
      server.stop()
      try? FileManager.default.removeItem(at: folder)
    }
    try test(server)
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
    try withServer(.init(cuts: [100_000, 50_000])) { server in
      let received = try download(model(server))
      #expect(received == body)
      #expect(server.requests.count == 3)
      #expect(server.requests[1].contains("bytes=100000-"))
      #expect(server.requests[2].contains("bytes=150000-"))
    }
  }

  @Test func `What was received before giving up is gone on with by the next command`() throws {
    try withServer(.init(cuts: [100_000])) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model, retries: 0) }
      #expect(error?.message.contains("goes on from there") == true)
      let received = try download(model, retries: 0)
      #expect(received == body)
      #expect(server.requests[1].contains("bytes=100000-"))
    }
  }

  @Test func `A server without ranges sends everything again`() throws {
    try withServer(.init(cuts: [100_000], ignoresRanges: true)) { server in
      let received = try download(model(server))
      #expect(received == body)
    }
  }

  @Test func `A wrong hash is an error and leaves nothing`() throws {
    try withServer { server in
      let model = try model(server, hash: "00000000")
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.message.contains("instead of 00000000") == true)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }

  @Test func `A refusal is not tried again`() throws {
    try withServer(.init(status: 404)) { server in
      let model = try model(server)
      let error = #expect(throws: ModelError.self) { try download(model) }
      #expect(error?.message.contains("404") == true)
      #expect(server.requests.count == 1)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }

  @Test func `A mirror takes the place of the published address`() throws {
    try withServer { server in
      var model = try #require(Zoo.model(named: "res50_coco_256x192"))
      model.hash = String(FileDigest.sha256(of: body).prefix(8))
      var options = ModelDownload.Options()
      options.mirror = server.address + "/copies"
      _ = try ModelDownload(into: ModelStore(folder: folder), options: options).get(model) { _, _ in }
      let path = "/copies/top_down/resnet/res50_coco_256x192-ec54d7f3_20200709.pth"
      #expect(server.requests.first?.hasPrefix("GET \(path) ") == true)
    }
  }
}
