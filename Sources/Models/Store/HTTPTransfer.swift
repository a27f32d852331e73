private import Dispatch
private import Files
internal import Foundation
private import Synchronization

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// One request whose body is appended to a file, from where the file ends. What is no part of the file that was asked for is
/// never written: an error, a page, another range.
struct HTTPTransfer {
  enum Outcome: Equatable {
    case complete
    /// The connection failed, ended early or was too slow; more may come of another try.
    case cut(String)
    /// The server said no, or offers something else.
    case refused(String)
  }

  struct Limits: Sendable {
    /// Of the file, in bytes.
    var size: Int64
    /// Bytes a second that must come in every `window`.
    var speed: Int64
    var window: Duration
  }

  private let address: URL
  private let file: URL
  private let limits: Limits
  private let progress: @Sendable (Int64, Int64?) -> Void

  init(
    _ address: URL, appendingTo file: URL, limits: Limits, progress: @escaping @Sendable (Int64, Int64?) -> Void
  ) {
    self.address = address
    self.file = file
    self.limits = limits
    self.progress = progress
  }

  /// Whether nobody on the way can change what comes from there: HTTPS, or this machine.
  static func isSafe(_ address: URL?) -> Bool {
    switch address?.scheme?.lowercased() {
    case "https": true
    case "http": ["localhost", "127.0.0.1", "::1", "[::1]"].contains(address?.host()?.lowercased())
    default: false
    }
  }

  /// Returns when the transfer has ended. Throws `ModelError` where the file cannot be written or is being written.
  func run() throws -> Outcome {
    let receiver = try HTTPReceiver(file, sizeLimit: limits.size, progress: progress)
    let folders = SessionFolders()
    defer { folders.remove() }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 60
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    let session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: nil)
    var request = URLRequest(url: address)
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if receiver.start > 0 { request.setValue("bytes=\(receiver.start)-", forHTTPHeaderField: "Range") }
    let task = session.dataTask(with: request)
    task.resume()
    watch(receiver, task)
    session.finishTasksAndInvalidate()
    return try receiver.outcome()
  }

  /// Waits for the end, and ends what is too slow.
  private func watch(_ receiver: HTTPReceiver, _ task: URLSessionDataTask) {
    let seconds = limits.window / .seconds(1)
    var before = receiver.arrived
    while !receiver.wait(seconds: seconds) {
      let now = receiver.arrived
      if Double(now - before) < Double(limits.speed) * seconds {
        receiver.end(.cut("less than \(limits.speed) bytes a second came in for \(Int(seconds.rounded(.up))) s"))
        task.cancel()
        receiver.wait()
        return
      }
      before = now
    }
  }
}

/// Takes what a session receives.
private final class HTTPReceiver: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    /// Bytes in the file.
    var received: Int64
    /// Bytes of bodies that came.
    var arrived: Int64 = 0
    var total: Int64?
    /// Whether the body that comes is the file's.
    var accepts = false
    var end: HTTPTransfer.Outcome?
    var writeError: (any Error)?
  }

  /// Where the file ended before.
  let start: Int64
  private let file: PartialDownload
  private let sizeLimit: Int64
  private let state: Mutex<State>
  private let progress: @Sendable (Int64, Int64?) -> Void
  private let ended = DispatchSemaphore(value: 0)

  init(_ file: URL, sizeLimit: Int64, progress: @escaping @Sendable (Int64, Int64?) -> Void) throws {
    self.file = try PartialDownload(file)
    start = self.file.count
    self.sizeLimit = sizeLimit
    self.progress = progress
    state = Mutex(State(received: start))
  }

  var arrived: Int64 { state.withLock { $0.arrived } }

  func wait() {
    ended.wait()
  }

  /// Whether the transfer ended within the time.
  func wait(seconds: Double) -> Bool {
    ended.wait(timeout: .now() + seconds) == .success
  }

  /// The first reason to end counts.
  func end(_ outcome: HTTPTransfer.Outcome) {
    state.withLock { $0.end = $0.end ?? outcome }
  }

  func outcome() throws -> HTTPTransfer.Outcome {
    try state.withLock { state in
      state.accepts = false
      file.release()
      if let error = state.writeError { throw error }
      if let end = state.end { return end }
      if let total = state.total, state.received < total {
        return .cut("the connection ended after \(state.received) of \(total) bytes")
      }
      return .complete
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    guard HTTPTransfer.isSafe(request.url) else {
      end(.refused("leads on to \(request.url?.absoluteString ?? "nowhere"), which is not https"))
      return completionHandler(nil)
    }
    completionHandler(request)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let accepted = state.withLock { state in
      guard state.end == nil, let response = response as? HTTPURLResponse else { return false }
      accept(response, &state)
      return state.accepts
    }
    completionHandler(accepted ? .allow : .cancel)
  }

  /// Sets where the body goes, or why there is none to take.
  private func accept(_ response: HTTPURLResponse, _ state: inout State) {
    let length = response.expectedContentLength
    let isPartial = response.statusCode == 206
    switch response.statusCode {
    case 200, 206: break
    // Everything is there already; the checks will tell.
    case 416: return
    case let status:
      state.end = .refused("the server answers \(status) (\(HTTPURLResponse.localizedString(forStatusCode: status)))")
      return
    }
    let start = isPartial ? self.start : 0
    if let type = response.value(forHTTPHeaderField: "Content-Type"), type.contains(/html|json|xml/.ignoresCase()) {
      state.end = .refused("the server sends a page (\(type)), not a checkpoint")
    } else if isPartial, response.rangeStart != start {
      state.end = .refused("the server sends another part of the file than was asked for")
    } else if length >= 0, start + length > sizeLimit {
      state.end = .refused("the file would have \(start + length) bytes; no published checkpoint is so large")
    } else if !isPartial, length >= 0, length < self.start {
      state.end = .refused("the server now has \(length) bytes, fewer than were received before")
    } else {
      take(from: start, total: length >= 0 ? start + length : nil, &state)
    }
  }

  private func take(from start: Int64, total: Int64?, _ state: inout State) {
    do {
      try file.cut(to: start)
      state.received = start
      state.total = total
      state.accepts = true
    } catch {
      state.writeError = error
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let counts = state.withLock { state -> (Int64, Int64?)? in
      guard state.accepts, state.end == nil, state.writeError == nil else { return nil }
      state.arrived += Int64(data.count)
      do {
        guard state.received + Int64(data.count) <= sizeLimit else {
          state.end = .refused("more than \(sizeLimit) bytes came; no published checkpoint is so large")
          try file.cut(to: min(start, state.received))
          return nil
        }
        try file.append(data)
      } catch {
        state.writeError = error
        return nil
      }
      state.received += Int64(data.count)
      return (state.received, state.total)
    }
    guard let counts else { return dataTask.cancel() }
    progress(counts.0, counts.1)
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    if let error, (error as? URLError)?.code != .cancelled { end(.cut(SystemError.reason(of: error))) }
    ended.signal()
  }
}

extension HTTPURLResponse {
  /// Where the part that comes begins in the file.
  fileprivate var rangeStart: Int64? {
    let range = value(forHTTPHeaderField: "Content-Range")?.firstMatch(of: /bytes (\d+)-/)
    return range.flatMap { Int64($0.1) }
  }
}
