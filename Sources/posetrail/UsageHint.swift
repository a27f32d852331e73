internal import ArgumentParser
private import Foundation

/// What a mistyped command line may have meant.
enum UsageHint {
  /// A line for below the message of the parser; nil where there is nothing to suggest.
  static func hint(for arguments: [String], message: String) -> String? {
    if let unknown = unknownOption(in: message) { return option(unknown, arguments) }
    guard let first = arguments.first(where: { !$0.hasPrefix("-") }), command(named: first) == nil else { return nil }
    if let meant = command(like: first) { return meant }
    guard FileManager.default.fileExists(atPath: first) else {
      return "Commands are \(commands.keys.sorted().joined(separator: ", "))."
    }
    return "To track the people in it: posetrail track \(first) -o results"
  }

  /// The name after `help` that is no command, as the parser would show the general help instead.
  static func unknownHelpTopic(_ arguments: [String]) -> String? {
    guard arguments.first == "help", arguments.count > 1, command(named: arguments[1]) == nil else { return nil }
    return arguments[1]
  }

  private static let commands: [String: any ParsableCommand.Type] = Dictionary(
    Posetrail.configuration.subcommands.map { ($0._commandName, $0) }, uniquingKeysWith: { first, _ in first })

  private static func command(named name: String) -> (any ParsableCommand.Type)? {
    name == "help" ? Posetrail.self : commands[name]
  }

  private static func command(like name: String) -> String? {
    closest(to: name, among: commands.keys.sorted()).first.map { "Did you mean `posetrail \($0)`?" }
  }

  private static func unknownOption(in message: String) -> String? {
    message.firstMatch(of: /Unknown option '(--?[^']+)'/).map { String($0.1) }
  }

  /// Options of the command that was named, or of the one that it resembles.
  private static func option(_ unknown: String, _ arguments: [String]) -> String? {
    guard let name = arguments.first, !name.hasPrefix("-") else { return nil }
    guard let command = commands[name] else { return Self.command(like: name) }
    let nested = arguments.dropFirst().first.flatMap { second in
      command.configuration.subcommands.first { $0._commandName == second }
    }
    let help = Posetrail.helpMessage(for: nested ?? command)
    let options = Set(help.matches(of: /--[a-z][a-z-]+/).map { String($0.0) }).sorted()
    let close = closest(to: unknown, among: options)
    return close.isEmpty ? nil : "Did you mean \(close.joined(separator: " or "))?"
  }

  /// Those that differ least, in at most a third of their letters; an option also by its last part, so that
  /// `--treshold` finds `--box-threshold`.
  private static func closest(to typed: String, among names: [String]) -> [String] {
    let word = typed.drop { $0 == "-" }
    let scored = names.map { name -> (name: String, distance: Int) in
      let plain = name.drop { $0 == "-" }
      let parts = [plain] + [plain.split(separator: "-").last].compactMap(\.self)
      return (name, parts.map { distance(Array(word), Array($0)) }.min() ?? .max)
    }
    let least = scored.map(\.distance).min() ?? .max
    guard least * 3 <= word.count else { return [] }
    return scored.filter { $0.distance == least }.map(\.name)
  }

  /// The least number of letters to insert, remove or replace (Levenshtein).
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in second.indices {
        let replaced = diagonal + (letter == second[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
