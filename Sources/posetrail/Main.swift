internal import ArgumentParser
private import Foundation

@main
enum Main {
  static func main() {
    Terminal.reserve()
    // Writes that can't be done become errors that say so.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    Environment.settle()
    exit(run().rawValue)
  }

  /// Parses, runs, and turns every outcome into one of the documented exit statuses.
  static func run() -> ExitStatus {
    var arguments: [String] = []
    do {
      arguments = Array(try Arguments.read().dropFirst())
      if let topic = UsageHint.unknownHelpTopic(arguments) {
        let hint = UsageHint.hint(for: [topic], message: "")
        Terminal.say((["Error: There is no command '\(topic)'"] + [hint].compactMap(\.self)).joined(separator: "\n"))
        return .unusable
      }
      if arguments == ["--version"] {
        try Terminal.print(BuildInformation.text)
        return .done
      }
      var command = try Posetrail.parseAsRoot(arguments)
      if !(command is any FileCommand) { Environment.limitSpinning() }
      try command.run()
      return .done
    } catch let status as ExitStatus {
      return status
    } catch {
      return report(error, arguments)
    }
  }

  private static func report(_ error: any Error, _ arguments: [String]) -> ExitStatus {
    let code = Posetrail.exitCode(for: error)
    if code == .success {
      do {
        try Terminal.print(data: Posetrail.fullMessage(for: error))
        return .done
      } catch {
        Terminal.report(error)
        return .failed
      }
    }
    if code == .validationFailure {
      let message = Posetrail.fullMessage(for: error)
      let hint = UsageHint.hint(for: arguments, message: message)
      Terminal.say(([message] + [hint].compactMap(\.self)).joined(separator: "\n"))
      return .unusable
    }
    Terminal.report(error)
    return ExitStatus(of: error)
  }
}
