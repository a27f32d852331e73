#if OneDNN

internal import TestSupport
import Testing

@testable internal import OneDNNBackend

@Suite struct `The plan of the arena` {
  @Test func `keeps buffers apart that are in use at the same time`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<50 {
      let requests = (0..<40).map { _ in
        let first = Int.random(in: 0..<60, using: &random)
        return ArenaPlan.Request(
          byteCount: .random(in: 0..<5000, using: &random), steps: first...(first + .random(in: 0..<9, using: &random)))
      }
      let plan = ArenaPlan(requests)
      for a in requests.indices {
        #expect(plan.offsets[a] % 64 == 0 && plan.offsets[a] + requests[a].byteCount <= plan.byteCount)
        for b in 0..<a where requests[a].steps!.overlaps(requests[b].steps!) {
          #expect(
            plan.offsets[a] + requests[a].byteCount <= plan.offsets[b]
              || plan.offsets[b] + requests[b].byteCount <= plan.offsets[a])
        }
      }
    }
  }

  @Test func `uses memory again`() {
    let chain = (0..<10).map { ArenaPlan.Request(byteCount: 1024, steps: $0...$0 + 1) }
    #expect(ArenaPlan(chain).byteCount == 2048)
  }
}

#endif
