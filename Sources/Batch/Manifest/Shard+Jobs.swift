package import Pipeline

extension Shard {
  /// Which part an array of Slurm, or an indexed job of Kubernetes, gives this process; nil outside of them, and where they don't
  /// say of how many.
  ///
  /// - Parameter count: Of how many parts, where the user has said so.
  package init?(_ environment: [String: String], of count: Int?) {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    if let id = number("SLURM_ARRAY_TASK_ID"), let first = number("SLURM_ARRAY_TASK_MIN") {
      let step = max(1, number("SLURM_ARRAY_TASK_STEP") ?? 1)
      guard let total = count ?? number("SLURM_ARRAY_TASK_COUNT") else { return nil }
      // Without an unbroken row of ids, as when some are submitted again, the numbers are not those of the parts of the batch.
      if count == nil, let last = number("SLURM_ARRAY_TASK_MAX"), (last - first) / step + 1 != total { return nil }
      self.init(index: count == nil ? (id - first) / step : id, of: total)
    } else if let index = number("JOB_COMPLETION_INDEX"), let count {
      self.init(index: index, of: count)
    } else {
      return nil
    }
  }

  /// The jobs of this part, the costliest first: each goes, from the costliest on, to the part that has least so far (Graham's
  /// longest processing time rule).
  package func jobs(of all: [BatchJob]) -> [BatchJob] {
    let order = all.indices.sorted { (all[$0].cost, $1) > (all[$1].cost, $0) }
    var loads = [Double](repeating: 0, count: count)
    return order.compactMap { number in
      let part = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
      loads[part] += max(all[number].cost, 1e-6)
      return part == index ? all[number] : nil
    }
  }
}
