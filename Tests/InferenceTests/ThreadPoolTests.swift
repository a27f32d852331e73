internal import Inference
private import Synchronization
import Testing

@Suite struct `A thread pool` {
  @Test(arguments: [1, 2, 5])
  func `runs every chunk once`(_ threads: Int) {
    let pool = ThreadPool(count: threads)
    for chunks in [0, 1, 3, 64] {
      let sum = Atomic<Int>(0)
      for _ in 0..<50 {
        pool.run(chunks: chunks) { chunk, thread in
          #expect((0..<threads).contains(thread))
          sum.wrappingAdd(chunk + 1, ordering: .relaxed)
        }
      }
      #expect(sum.load(ordering: .relaxed) == 50 * chunks * (chunks + 1) / 2)
    }
  }

  @Test(arguments: [0, 1, 7, 100])
  func `splits a range without gaps`(_ total: Int) {
    let pool = ThreadPool(count: 3)
    let covered = Atomic<Int>(0)
    pool.split(total, step: 4) { range, _ in
      #expect(range.lowerBound % 4 == 0)
      covered.wrappingAdd(range.count, ordering: .relaxed)
    }
    #expect(covered.load(ordering: .relaxed) == total)
  }
}
