internal import Pipeline
import Testing

@testable internal import Batch

/// A job with such a cost; the name tells input and output, unless another input is given.
func job(
  _ name: String, input: String? = nil, cost: Double = 1, sha256: String = "ab", options: [String] = []
) -> BatchJob {
  BatchJob(
    input: input ?? "\(name).mp4", size: 1, sha256: sha256, frames: nil, cost: cost, options: options,
    output: "out/\(name)")
}

@Suite struct `Parts of a batch` {
  @Test func `are the whole together, without overlap, and about equal`() throws {
    let jobs = (0..<50).map { job("\($0)", cost: Double(($0 * 37) % 50 + 1)) }
    let parts = try (0..<4).map { try #require(Shard(index: $0, of: 4)).jobs(of: jobs) }
    #expect(Set(parts.flatMap { $0 }.map(\.id)).count == 50 && parts.map(\.count).reduce(0, +) == 50)
    let costs = parts.map { $0.reduce(0) { $0 + $1.cost } }
    #expect(try #require(costs.max()) - #require(costs.min()) <= 50 / 4)
    #expect(parts.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0.cost >= $1.cost } })
  }

  @Test(
    arguments: [("1/4", 0, 4), ("4/4", 3, 4), ("0/4", nil, nil), ("5/4", nil, nil), ("1", nil, nil), ("a/b", nil, nil)]
      as [(String, Int?, Int?)])
  func `are written as people count`(_ text: String, _ index: Int?, _ count: Int?) {
    #expect(Shard(text)?.index == index && Shard(text)?.count == count)
  }

  @Test(
    arguments: [
      ("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_MAX=8 SLURM_ARRAY_TASK_COUNT=4", nil, "3/4"),
      (
        "SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=6 SLURM_ARRAY_TASK_STEP=2 SLURM_ARRAY_TASK_COUNT=4",
        nil, "3/4"
      ),
      // Some ids of an array, submitted again, are no row.
      ("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=2", nil, nil),
      ("SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=2", 10, "8/10"),
      ("JOB_COMPLETION_INDEX=2", 5, "3/5"), ("JOB_COMPLETION_INDEX=2", nil, nil), ("", 5, nil),
    ] as [(String, Int?, String?)])
  func `are taken from the environment of batch systems`(_ variables: String, _ count: Int?, _ part: String?) {
    let pairs = variables.split(separator: " ").map { $0.split(separator: "=").map(String.init) }
    let environment = Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
    #expect(Shard(environment, of: count) == part.flatMap { Shard($0) })
  }
}
