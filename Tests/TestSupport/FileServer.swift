package import Foundation
private import Glibc
private import Synchronization

/// A small HTTP server on 127.0.0.1 that hands out one body under every path, with ranges, and can misbehave.
package final class FileServer: Sendable {
  package struct Behaviour: Sendable {
    /// Ends the connections of the first requests after so many bytes of the body, one entry a request.
    package var cuts: [Int] = []
    package var ignoresRanges = false
    /// Answered to every request.
    package var status: Int?
    /// Status of a page in HTML that is the answer to a request, by the request's number from 0.
    package var pages: [Int: Int] = [:]
    /// Where every request is sent on to.
    package var redirection: String?
    /// Keeps the connections open, without sending more, after so many bytes of the body.
    package var stallsAfter: Int?
    /// Sends the first part of the file whatever part was asked for.
    package var sendsWrongPart = false
    /// Does not say how much comes.
    package var hidesLength = false

    package init() {}

    package init(_ change: (inout Self) -> Void) {
      change(&self)
    }
  }

  package let port: UInt16
  private let socket: Int32
  private let body: Data
  private let behaviour: Behaviour
  private let received = Mutex<[String]>([])
  /// The connection that is being answered.
  private let current = Mutex<Int32?>(nil)

  /// The heads of the requests so far.
  package var requests: [String] { received.withLock { $0 } }
  package var address: String { "http://127.0.0.1:\(port)" }

  package init(_ body: Data, _ behaviour: Behaviour = Behaviour()) throws {
    self.body = body
    self.behaviour = behaviour
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let status = withUnsafeMutablePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) | listen(socket, 8) | getsockname(socket, $0, &size)
      }
    }
    guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: name.sin_port)
    Thread.detachNewThread { [self] in serve() }
  }

  /// Ends the thread that serves, and the connection that it answers. The thread closes both: their numbers may belong to
  /// others as soon as they are closed.
  package func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    current.withLock { connection in _ = connection.map { shutdown($0, Int32(SHUT_RDWR)) } }
  }

  private func serve() {
    defer { close(socket) }
    while true {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else { return }
      current.withLock { $0 = connection }
      answer(connection)
      current.withLock { $0 = nil }
      close(connection)
    }
  }

  private func answer(_ connection: Int32) {
    guard let head = head(of: connection) else { return }
    let number = received.withLock { requests in
      requests.append(head)
      return requests.count - 1
    }
    if let status = behaviour.status { return refuse("\(status) No", connection) }
    if let place = behaviour.redirection { return refuse("302 Found\r\nLocation: \(place)", connection) }
    if let status = behaviour.pages[number] {
      let page = Data("<html>Something else</html>".utf8)
      let lines = "HTTP/1.1 \(status) Page\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(page.count)"
      send("\(lines)\r\nConnection: close\r\n\r\n", to: connection)
      return send(page[...], to: connection)
    }
    var start = behaviour.ignoresRanges ? nil : head.firstMatch(of: /[Rr]ange: bytes=(\d+)-/).flatMap { Int($0.1) }
    guard start ?? 0 <= body.count else { return refuse("416 No", connection) }
    if behaviour.sendsWrongPart, start != nil { start = 0 }
    let part = body.dropFirst(start ?? 0)
    let line = start.map { "206 Partial\r\nContent-Range: bytes \($0)-\(body.count - 1)/\(body.count)" } ?? "200 OK"
    let length = behaviour.hidesLength ? "" : "Content-Length: \(part.count)\r\n"
    send("HTTP/1.1 \(line)\r\n\(length)Connection: close\r\n\r\n", to: connection)
    send(number < behaviour.cuts.count ? part.prefix(behaviour.cuts[number]) : sent(part), to: connection)
    if behaviour.stallsAfter != nil { _ = self.head(of: connection) }
  }

  /// What is sent of a part where nothing is cut.
  private func sent(_ part: Data) -> Data {
    behaviour.stallsAfter.map { part.prefix($0) } ?? part
  }

  private func refuse(_ line: String, _ connection: Int32) {
    send("HTTP/1.1 \(line)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", to: connection)
  }

  private func head(of connection: Int32) -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count < 1 << 16, !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard recv(connection, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func send(_ text: String, to connection: Int32) {
    send(Data(text.utf8)[...], to: connection)
  }

  private func send(_ data: Data.SubSequence, to connection: Int32) {
    Data(data).withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Glibc.send(connection, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
        guard count > 0 else { return }
        sent += count
      }
    }
  }
}
