private import Foundation

/// How many processors this process may use, which in containers and under schedulers is fewer than the machine has.
public enum ProcessorCount {
  /// Of those that are on: as many as the process is bound to, no more than its control groups give time for, and no more than
  /// a batch system has given the task; a share of one counts as one.
  public static var available: Int {
    let files = KernelFiles(root: URL(filePath: "/"))
    let given = given(ProcessInfo.processInfo.environment)
    let limits = [bound(files), ControlGroups(files: files).processors, given].compactMap { $0 }
    return max(1, limits.reduce(ProcessInfo.processInfo.activeProcessorCount, min))
  }

  /// What Slurm says of a task (sbatch(1)), which on clusters without binding is all that tells; nil outside of one.
  static func given(_ environment: [String: String]) -> Int? {
    environment["SLURM_CPUS_PER_TASK"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The number of bits in the mask of the processors that the process may run on (`taskset`, `cpuset`), in hexadecimal
  /// digits with commas; nil where the system does not say.
  static func bound(_ files: KernelFiles) -> Int? {
    let line = files.lines("/proc/self/status").first { $0.hasPrefix("Cpus_allowed:") }
    let count = line?.dropFirst("Cpus_allowed:".count).reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
    return count == 0 ? nil : count
  }
}
