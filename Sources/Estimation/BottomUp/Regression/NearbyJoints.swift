internal import Models

/// One pose of each person, where several were found whose joints lie near each other: the one with the highest mean score of its
/// joints (DEKR's suppression; mmpose `nearby_joints_nms`).
struct NearbyJoints {
  /// Of the diagonal of a pose's joints, under which another's joint is near.
  let distance: Float
  /// Poses with more near joints than these are one person's.
  let joints: Int
  let maximumPeople: Int

  /// nil where nobody is suppressed.
  init?(_ settings: SPRSettings, joints: Int) {
    guard settings.nearbyDistance > 0 else { return nil }
    distance = Float(settings.nearbyDistance)
    self.joints = settings.nearbyJoints ?? joints / 2
    maximumPeople = settings.maximumPeople
  }

  /// Which people are kept, best first.
  func kept(of people: [RegressedPerson]) -> [Int] {
    let scores = people.map(\.meanJointScore)
    let ranking = people.indices.sorted { (scores[$1], $1) < (scores[$0], $0) }
    var isSuppressed = Array(repeating: false, count: people.count)
    var kept: [Int] = []
    for person in ranking where !isSuppressed[person] {
      let near = near(person, in: people)
      guard let best = near.max(by: { (scores[$0], $1) < (scores[$1], $0) }), !isSuppressed[best] else { continue }
      kept.append(best)
      for other in near { isSuppressed[other] = true }
    }
    return Array(kept.prefix(maximumPeople))
  }

  private func near(_ person: Int, in people: [RegressedPerson]) -> [Int] {
    let places = people[person].joints
    let extent = places.reduce(places[0]) { pointwiseMax($0, $1) } - places.reduce(places[0]) { pointwiseMin($0, $1) }
    let limit = (extent * extent).sum().squareRoot() * distance
    return people.indices.filter { other in
      zip(places, people[other].joints).count {
        let way = $0 - $1
        return (way * way).sum().squareRoot() < limit
      } > joints
    }
  }
}
