/// The control groups of Linux that the process is in, of version 1 or 2 (Documentation/admin-guide/cgroup-v1 and
/// cgroup-v2.rst of the kernel).
struct ControlGroups {
  let files: KernelFiles

  /// Time for so many processors, rounded up; nil where nothing limits it.
  var processors: Int? {
    let limits = groups.flatMap { group in
      folders(of: group).compactMap { group.isUnified ? unifiedLimit($0) : legacyLimit($0) }
    }
    return limits.min().map { Int($0.rounded(.up)) }
  }

  /// A group as the process sees it: where its hierarchy is mounted, and the way from there.
  private struct Group {
    var isUnified: Bool
    var mountPoint: String
    var path: String
  }

  private var groups: [Group] {
    let mounts = files.lines("/proc/self/mountinfo").compactMap { Mount($0) }
    return files.lines("/proc/self/cgroup").flatMap { line -> [Group] in
      // hierarchy : controllers : path, where version 2 names no controllers.
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("cpu") else { return [] }
      return mounts.filter { $0.isOfUnified == isUnified && (isUnified || $0.hasProcessors) }.map { mount in
        // Seen from a container, the mount may begin at the group or somewhere above it.
        let isBelow =
          !fields[2].hasPrefix("/..")
          && (fields[2] == mount.root || fields[2].hasPrefix(mount.root == "/" ? "/" : mount.root + "/"))
        let path = isBelow ? String(fields[2].dropFirst(mount.root.count)) : ""
        return Group(isUnified: isUnified, mountPoint: mount.point, path: path)
      }
    }
  }

  /// The group's folder and those of the groups around it, whose limits hold too.
  private func folders(of group: Group) -> [String] {
    let names = group.path.split(separator: "/")
    return (0...names.count).map { ([group.mountPoint[...]] + names[..<$0]).joined(separator: "/") }
  }

  /// `cpu.max`: the time in each period, or "max", and the period.
  private func unifiedLimit(_ folder: String) -> Double? {
    let numbers = files.lines(folder + "/cpu.max").first?.split(separator: " ").map { Double($0) } ?? []
    return numbers.count == 2 ? ratio(numbers[0], numbers[1]) : nil
  }

  private func legacyLimit(_ folder: String) -> Double? {
    func number(_ name: String) -> Double? { files.lines(folder + "/cpu.cfs_" + name).first.flatMap { Double($0) } }
    return ratio(number("quota_us"), number("period_us"))
  }

  /// Quotas below zero are none.
  private func ratio(_ quota: Double?, _ period: Double?) -> Double? {
    guard let quota, let period, quota > 0, period > 0, quota / period < 1e6 else { return nil }
    return quota / period
  }
}

/// A line of `/proc/self/mountinfo` that is of control groups.
private struct Mount {
  var isOfUnified: Bool
  var hasProcessors: Bool
  /// What of the hierarchy is mounted, and where.
  var root: String
  var point: String

  /// number, parent, device, root, mount point, options …, "-", type, source, options of the type.
  fileprivate init?(_ line: String) {
    let fields = line.split(separator: " ").map(String.init)
    guard let dash = fields.dropFirst(6).firstIndex(of: "-"), fields.count > dash + 3 else { return nil }
    let type = fields[dash + 1]
    guard type == "cgroup" || type == "cgroup2" else { return nil }
    isOfUnified = type == "cgroup2"
    hasProcessors = fields[dash + 3].split(separator: ",").contains("cpu")
    (root, point) = (fields[3], fields[4])
  }
}
