private import Foundation
import Testing

@testable internal import Batch

@Suite struct `The state of a job` {
  private func event(_ kind: BatchEvent.Kind, _ attempt: Int, journal: Int? = nil, lasting: Bool? = nil) -> BatchEvent {
    var event = BatchEvent(kind, job: "a", attempt: attempt)
    (event.journal, event.lasting) = (journal, lasting)
    return event
  }

  private func state(_ events: [BatchEvent]) -> JobState { events.reduce(into: JobState()) { $0.add($1) } }

  @Test func `is that of its last attempt, in whichever order events are read`() {
    let events = [
      event(.started, 1), event(.failed, 1, lasting: false), event(.started, 2), event(.interrupted, 2),
      event(.started, 3), event(.done, 3),
    ]
    for order in [events, events.reversed(), [events[5], events[0], events[3], events[1], events[4], events[2]]] {
      #expect(state(order).phase == .done && state(order).last?.attempt == 3)
      #expect(state(order).passingFailures == 1)
    }
    #expect(state(Array(events[..<3])).phase == .started)
    #expect(state([]).phase == .waiting)
  }

  @Test func `counts workers that died in it without getting further`() {
    let starts = [event(.started, 1, journal: 0), event(.started, 2, journal: 0), event(.started, 3, journal: 0)]
    #expect(state(starts).deaths(journal: 0) == 3)
    #expect(state(starts).deaths(journal: 9) == 0)
    #expect(state(starts + [event(.started, 4, journal: 9)]).deaths(journal: 9) == 1)
    #expect(state(starts + [event(.interrupted, 3)]).deaths(journal: 0) == 0)
    #expect(state(starts + [event(.retry, 3), event(.started, 4, journal: 0)]).deaths(journal: 0) == 1)
  }

  @Test func `begins anew when somebody wants it tried again`() {
    let failed = [event(.started, 1), event(.failed, 1, lasting: true)]
    #expect(state(failed).hasFailedForGood)
    let retried = state(failed + [event(.retry, 1)])
    #expect(retried.phase == .waiting && retried.passingFailures == 0)
    #expect(state(failed + [event(.retry, 1), event(.started, 2), event(.failed, 2)]).phase == .failed)
  }

  @Test func `survives writing and reading`() throws {
    var done = event(.done, 2)
    (done.frames, done.peakMemory, done.reason, done.seconds) = (125, 1 << 30, "größer \"als\"", 1.5)
    done.time = Date(timeIntervalSince1970: 1_700_000_000.25)
    #expect(BatchEvent(line: done.line[...]) == done)
    #expect(BatchEvent(line: done.line.dropLast(3)) == nil)
  }
}
