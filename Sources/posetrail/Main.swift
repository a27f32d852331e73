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
    do {
      var command = try Posetrail.parseAsRoot(Array(Arguments.read().dropFirst()))
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
      do {
        try Terminal.print(data: Posetrail.fullMessage(for: error))
        return .done
      } catch {
        Terminal.report(error)
        return .failed
      }
    }
    if code == .validationFailure {
      Terminal.say(Posetrail.fullMessage(for: error))
      return .unusable
    }
    Terminal.report(error)
    return ExitStatus(of: error)
  }
}
