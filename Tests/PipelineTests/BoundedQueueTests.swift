private import Foundation
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
