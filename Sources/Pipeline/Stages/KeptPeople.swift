internal import Foundation
internal import Pose
internal import Timing
internal import Tracking

/// Finds out who is kept of the people of a video, where not all are.
struct KeptPeople {
  private let people: Int?
  private var presence = Presence()
  private var census: Census?

  /// nil where everyone is. The number of people is the second pass's to keep, where there is one.
  init?(_ settings: LinkSettings) {
    people = settings.secondPass == nil ? settings.people : nil
    census = settings.choice.map { Census($0) }
    guard people != nil || census != nil else { return nil }
  }

  /// Takes in the people of the next frame.
  mutating func count(_ people: [TrackedPose], at time: MediaTime) {
    presence.count(people.map(\.trackID))
    census?.count(people, at: time)
  }

  /// The ids of those who are kept. Throws where nobody is at a place that was named.
  func ids() throws -> Set<Int> {
    let present = people.map { presence.mostPresent($0) }
    guard let census else { return present ?? [] }
    do {
      let chosen = try census.chosen()
      return present.map { chosen.intersection($0) } ?? chosen
    } catch {
      throw PipelineError(.unusable, error.message)
    }
  }
}

extension NobodyThere {
  fileprivate var message: String {
    let option =
      "--follow \(Self.text(spot.point.x)),\(Self.text(spot.point.y))@\(Self.text(spot.time))"
    guard let times else { return "\(option): there are no frames" }
    if let nearest {
      let box = nearest.box
      let place =
        "\(Self.text(box.x)),\(Self.text(box.y)) to \(Self.text(box.maxX)),\(Self.text(box.maxY))"
      return "\(option): nobody is there; the nearest is person \(nearest.trackID), from \(place) "
        + "at \(Self.text(nearest.time)) s; name a place within"
    }
    guard times.contains(spot.time) else {
      return
        "\(option): the frames are from \(Self.text(times.lowerBound)) to \(Self.text(times.upperBound)) s; "
        + "name a time of theirs"
    }
    return "\(option): nobody is seen at that time; name another one"
  }

  private static func text(_ value: Double) -> String {
    let text = String(format: "%.2f", value)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
  }
}
