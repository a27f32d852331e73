private import Foundation
private import TestSupport
import Testing

@testable internal import Inference

@Suite struct `The processors that a process may use` {
  /// What the files of the kernel say, and how many processors that makes.
  struct Setting: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var groups: String
    var mounts: String
    var files: [String: String]
    var processors: Int?
  }

  private static let unified = "30 25 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
  private static let legacy =
    "25 20 0:22 /docker/ab /sys/fs/cgroup/cpu,cpuacct ro master:9 - cgroup cgroup rw,cpu,cpuacct\n"
    + "26 20 0:23 /docker/ab /sys/fs/cgroup/memory ro master:9 - cgroup cgroup rw,memory\n"

  private static let settings = [
    Setting(testDescription: "no control groups", groups: "", mounts: "", files: [:], processors: nil),
    Setting(
      testDescription: "version 2, no limit", groups: "0::/\n", mounts: unified,
      files: ["sys/fs/cgroup/cpu.max": "max 100000\n"], processors: nil),
    Setting(
      testDescription: "version 2, a whole number", groups: "0::/user/task\n", mounts: unified,
      files: ["sys/fs/cgroup/user/task/cpu.max": "400000 100000\n"], processors: 4),
    Setting(
      testDescription: "version 2, limited further out", groups: "0::/user/task\n", mounts: unified,
      files: [
        "sys/fs/cgroup/user/task/cpu.max": "max 100000\n", "sys/fs/cgroup/user/cpu.max": "150000 100000\n",
      ], processors: 2),
    Setting(
      testDescription: "version 2, less than one", groups: "0::/\n", mounts: unified,
      files: ["sys/fs/cgroup/cpu.max": "5000 100000\n"], processors: 1),
    Setting(
      testDescription: "version 2, a file that says nothing", groups: "0::/\n", mounts: unified,
      files: ["sys/fs/cgroup/cpu.max": "\n"], processors: nil),
    Setting(
      testDescription: "version 2 from a name space that lies elsewhere", groups: "0::/../other\n", mounts: unified,
      files: ["sys/fs/cgroup/cpu.max": "300000 100000\n"], processors: 3),
    Setting(
      testDescription: "version 1 in a container", groups: "9:memory:/docker/ab\n4:cpu,cpuacct:/docker/ab/inner\n",
      mounts: legacy,
      files: [
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "250000\n",
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "50000\n",
        "sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_quota_us": "-1\n",
        "sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_period_us": "100000\n",
      ], processors: 5),
    Setting(
      testDescription: "version 1 beside an empty version 2", groups: "4:cpu,cpuacct:/\n0::/\n",
      mounts: unified + legacy,
      files: [
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "100000\n",
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      ], processors: 1),
  ]

  @Test(arguments: settings)
  func `are no more than control groups give time for`(_ setting: Setting) throws {
    let folder = try TemporaryFolder()
    let kernel = ["proc/self/cgroup": setting.groups, "proc/self/mountinfo": setting.mounts]
    for (path, text) in setting.files.merging(kernel, uniquingKeysWith: { $1 }) {
      let file = folder.file(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(ControlGroups(files: KernelFiles(root: folder.url)).processors == setting.processors)
  }

  @Test(
    arguments: [
      ("Name:\tposetrail\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2),
      ("Cpus_allowed:\tff,00000000,0000000f\n", 12), ("Name:\tposetrail\n", nil),
    ] as [(String, Int?)])
  func `are those that it is bound to`(_ status: String, _ processors: Int?) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("proc/self"), withIntermediateDirectories: true)
    try Data(status.utf8).write(to: folder.file("proc/self/status"))
    #expect(ProcessorCount.bound(KernelFiles(root: folder.url)) == processors)
  }

  @Test(
    arguments: [([:], nil), (["SLURM_CPUS_PER_TASK": "3"], 3), (["SLURM_CPUS_PER_TASK": "0"], nil)]
      as [([String: String], Int?)])
  func `are those that Slurm gives a task`(_ environment: [String: String], _ processors: Int?) {
    #expect(ProcessorCount.given(environment) == processors)
  }

  @Test func `are at least one, and no more than the machine has`() {
    #expect((1...ProcessInfo.processInfo.processorCount).contains(ProcessorCount.available))
  }
}
