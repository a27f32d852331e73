private import Foundation

/// Hands elements from one thread to another and makes the producer wait while `capacity` of them, or too many bytes, are under
/// way, so that memory does not grow with the length of a video, nor much with the size of its pictures.
///
/// `@unchecked Sendable`: every access to the state happens with `condition` locked.
final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  private let capacity: Int
  private let mostBytes: Int
  private let size: @Sendable (Element) -> Int
  private let condition = NSCondition()
  private var elements: [Element] = []
  /// Of the elements, and of the one that was taken last, which is being worked on.
  private var bytes = 0
  private var taken = 0
  private var lastSize = 0
  private var isFinished = false
  private var isAbandoned = false

  /// - Parameter size: Bytes of an element. One of any size always goes in.
  init(capacity: Int, mostBytes: Int = 64 << 20, size: @escaping @Sendable (Element) -> Int = { _ in 0 }) {
    self.capacity = capacity
    self.mostBytes = mostBytes
    self.size = size
  }

  /// Waits until there is room for an element like the last, so that it is not made before. False when the consumer has gone.
  func awaitRoom() -> Bool {
    condition.withLock {
      while isFull(for: lastSize) { condition.wait() }
      return !isAbandoned
    }
  }

  private func isFull(for size: Int) -> Bool {
    (elements.count >= capacity || bytes > 0 && bytes + size > mostBytes) && !isAbandoned
  }

  /// Waits for room. False when the consumer has gone, and nothing more need be produced.
  func push(_ element: Element) -> Bool {
    let size = size(element)
    return condition.withLock {
      while isFull(for: size) { condition.wait() }
      guard !isAbandoned else { return false }
      elements.append(element)
      bytes += size
      lastSize = size
      condition.broadcast()
      return true
    }
  }

  /// Waits for an element. Nil when the producer has finished and all it made has been taken.
  func pop() -> Element? {
    condition.withLock {
      bytes -= taken
      taken = 0
      condition.broadcast()
      while elements.isEmpty && !isFinished && !isAbandoned {
        condition.wait()
      }
      guard !elements.isEmpty else { return nil }
      let element = elements.removeFirst()
      taken = size(element)
      condition.broadcast()
      return element
    }
  }

  /// Says that no more elements come.
  func finish() {
    condition.withLock {
      isFinished = true
      condition.broadcast()
    }
  }

  /// Says that no more elements will be taken, and drops those that wait.
  func abandon() {
    condition.withLock {
      isAbandoned = true
      elements.removeAll()
      condition.broadcast()
    }
  }
}
