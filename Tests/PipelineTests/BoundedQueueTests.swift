private import Foundation
private import Synchronization
import Testing

@testable internal import Pipeline

@Test func `a queue hands everything over in order`() throws {
  let queue = BoundedQueue<Int>(capacity: 2)
  let producer = StageThread(name: "producer") {
    for number in 0..<100 { _ = queue.push(number) }
    queue.finish()
  }
  var received: [Int] = []
  while let number = queue.pop() { received.append(number) }
  try producer.join()
  #expect(received == Array(0..<100))
}

/// Three of four bytes each are under way at most: ten allow for two, and one more is being handed over.
@Test func `a producer waits where the bytes are too many`() throws {
  let queue = BoundedQueue<Int>(capacity: 100, mostBytes: 10) { _ in 4 }
  let made = Mutex(0)
  let producer = StageThread(name: "producer") {
    for number in 0..<10 {
      made.withLock { $0 = number + 1 }
      _ = queue.push(number)
    }
    queue.finish()
  }
  Thread.sleep(forTimeInterval: 0.2)
  #expect(made.withLock { $0 } == 3)
  var received: [Int] = []
  while let number = queue.pop() { received.append(number) }
  try producer.join()
  #expect(received == Array(0..<10))
}

@Test func `what is larger than all that is allowed goes through alone`() throws {
  let queue = BoundedQueue<Int>(capacity: 100, mostBytes: 10) { _ in 50 }
  let producer = StageThread(name: "producer") {
    for number in 0..<3 { _ = queue.push(number) }
    queue.finish()
  }
  var received: [Int] = []
  while let number = queue.pop() { received.append(number) }
  try producer.join()
  #expect(received == [0, 1, 2])
}

@Test func `a producer is told when nobody takes more`() throws {
  let queue = BoundedQueue<Int>(capacity: 1)
  let producer = StageThread(name: "producer") {
    var number = 0
    while queue.push(number) { number += 1 }
  }
  #expect(queue.pop() == 0)
  queue.abandon()
  try producer.join()
}

@Test func `joining a thread throws what ended it`() {
  struct Failure: Error {}
  let thread = StageThread(name: "failing") { throw Failure() }
  #expect(throws: Failure.self) { try thread.join() }
}
