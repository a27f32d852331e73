internal import ArgumentParser

/// The options of `track` among the arguments of another command that takes them, too.
enum TrackArguments {
  /// As they were given, in their order, each value behind its option.
  static func filter(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var result: [String] = []
    while let argument = rest.popFirst(), argument != "--" {
      let name = argument.prefix { $0 != "=" }
      guard let takesValue = options[String(name)] else { continue }
      result.append(argument)
      if takesValue, name == argument, let value = rest.popFirst() { result.append(value) }
    }
    return result
  }

  /// Every option that decides what `track` makes of a video, and whether it takes a value, as the help shows them.
  static let options: [String: Bool] = {
    let lines = TrackOptions.helpMessage(columns: 10_000).split(separator: "\n").filter { $0.hasPrefix("  -") }
    let pairs = lines.flatMap { line -> [(String, Bool)] in
      let takesValue = line.contains(/--[a-z][a-z-]* </)
      let head = line.prefix { $0 != "<" }.drop { $0 == " " }
      // The names are in front of the first gap.
      let names = head.firstRange(of: "  ").map { head[..<$0.lowerBound] } ?? head
      return names.matches(of: /--[a-z][a-z-]*/).map { (String($0.0), takesValue) }
    }
    return Dictionary(pairs.filter { $0.0 != "--help" }, uniquingKeysWith: { first, _ in first })
  }()
}
