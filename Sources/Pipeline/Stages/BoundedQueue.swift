private import Foundation

/// Hands elements from one thread to another and makes the producer wait while `capacity` of them are under way, so
/// that memory does not grow with the length of a video.
///
/// `@unchecked Sendable`: every access to the state happens with `condition` locked.
final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  private let capacity: Int
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var isFinished = false
  private var isAbandoned = false

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// Waits for room. False when the consumer has gone, and nothing more need be produced.
  func push(_ element: Element) -> Bool {
    condition.withLock {
      while elements.count >= capacity && !isAbandoned {
        condition.wait()
      }
      guard !isAbandoned else { return false }
      elements.append(element)
      condition.broadcast()
      return true
    }
  }

  /// Waits for an element. Nil when the producer has finished and all it made has been taken.
  func pop() -> Element? {
    condition.withLock {
      while elements.isEmpty && !isFinished && !isAbandoned {
        condition.wait()
      }
      guard !elements.isEmpty else { return nil }
      let element = elements.removeFirst()
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
