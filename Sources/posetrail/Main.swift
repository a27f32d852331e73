internal import ArgumentParser
private import Foundation

@main
enum Main {
  static func main() {
    // Writes that can't be done become errors that say so.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    Environment.settle()
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Parses, runs, and turns every outcome into one of the documented exit statuses.
  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      var command = try Posetrail.parseAsRoot(arguments)
      try command.run()
      return .done
    } catch let status as ExitStatus {
      return status
    } catch {
      return report(error)
    }
  }

  private static func report(_ error: any Error) -> ExitStatus {
    let code = Posetrail.exitCode(for: error)
    if code == .success {
      print(Posetrail.fullMessage(for: error))
      return .done
    }
    if code == .validationFailure {
      Terminal.say(Posetrail.fullMessage(for: error))
      return .unusable
    }
    Terminal.say("posetrail: \(Terminal.describe(error))")
    return ExitStatus(of: error)
  }
}
