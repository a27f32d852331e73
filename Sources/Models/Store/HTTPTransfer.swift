private import Dispatch
internal import Foundation
private import Synchronization

#if canImport(FoundationNetworking)
internal import FoundationNetworking
#endif

/// One request whose body is appended to a file, from where the file ends.
struct HTTPTransfer {
  enum Outcome: Equatable {
    case complete
    /// The connection failed or ended early; more may come of another try.
    case cut(String)
    /// The server said no.
    case refused(String)
  }

  private let address: URL
  private let file: URL
  private let progress: @Sendable (Int64, Int64?) -> Void

  init(_ address: URL, appendingTo file: URL, progress: @escaping @Sendable (Int64, Int64?) -> Void) {
    self.address = address
    self.file = file
    self.progress = progress
  }

  /// Returns when the transfer has ended. Throws where the file cannot be written.
  func run() throws -> Outcome {
    let receiver = try HTTPReceiver(file, progress: progress)
    let folders = SessionFolders()
    defer { folders.remove() }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = 60
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    let session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: nil)
    var request = URLRequest(url: address)
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if receiver.start > 0 { request.setValue("bytes=\(receiver.start)-", forHTTPHeaderField: "Range") }
    session.dataTask(with: request).resume()
    receiver.wait()
    session.finishTasksAndInvalidate()
    return try receiver.outcome()
  }
}

/// Takes what a session receives.
private final class HTTPReceiver: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var handle: FileHandle
    var received: Int64
    var total: Int64?
    var refusal: String?
    var writeError: (any Error)?
    var connectionError: String?
  }

  /// Where the file ended before.
  let start: Int64
  private let state: Mutex<State>
  private let progress: @Sendable (Int64, Int64?) -> Void
  private let ended = DispatchSemaphore(value: 0)

  init(_ file: URL, progress: @escaping @Sendable (Int64, Int64?) -> Void) throws {
    if !FileManager.default.fileExists(atPath: file.path) {
      try Data().write(to: file)
    }
    let handle = try FileHandle(forWritingTo: file)
    start = Int64(try handle.seekToEnd())
    self.progress = progress
    state = Mutex(State(handle: handle, received: start))
  }

  func wait() {
    ended.wait()
  }

  func outcome() throws -> HTTPTransfer.Outcome {
    try state.withLock { state in
      try? state.handle.close()
      if let error = state.writeError { throw error }
      if let refusal = state.refusal { return .refused(refusal) }
      if let error = state.connectionError { return .cut(error) }
      if let total = state.total, state.received < total {
        return .cut("the connection ended after \(state.received) of \(total) bytes")
      }
      return .complete
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let accepted = state.withLock { state in
      guard let response = response as? HTTPURLResponse else { return false }
      return accept(response, &state)
    }
    completionHandler(accepted ? .allow : .cancel)
  }

  /// Sets where the body goes; false where there is nothing to receive.
  private func accept(_ response: HTTPURLResponse, _ state: inout State) -> Bool {
    let length = response.expectedContentLength
    switch response.statusCode {
    case 206:
      state.total = length >= 0 ? start + length : nil
      return true
    case 200:
      do {
        try state.handle.truncate(atOffset: 0)
      } catch {
        state.writeError = error
        return false
      }
      state.received = 0
      state.total = length >= 0 ? length : nil
      return true
    case 416:
      // Everything is there already; the hash will tell.
      return false
    case let status:
      state.refusal = "the server answers \(status) (\(HTTPURLResponse.localizedString(forStatusCode: status)))"
      return false
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let counts: (Int64, Int64?)? = state.withLock { state in
      guard state.writeError == nil else { return nil }
      do {
        try state.handle.write(contentsOf: data)
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
    state.withLock { state in
      if let error, (error as? URLError)?.code != .cancelled { state.connectionError = error.localizedDescription }
    }
    ended.signal()
  }
}
