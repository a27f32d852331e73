internal import ArgumentParser

/// A time of a video as people write it: 90, 1:30 or 0:01:30.5.
struct Seconds: ExpressibleByArgument {
  var value: Double

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard (1...3).contains(parts.count), numbers.count == parts.count,
      numbers.allSatisfy({ $0.isFinite && $0 >= 0 }),
      numbers.dropFirst().allSatisfy({ $0 < 60 }),
      numbers.dropLast().allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    value = numbers.reduce(0) { $0 * 60 + $1 }
  }
}
