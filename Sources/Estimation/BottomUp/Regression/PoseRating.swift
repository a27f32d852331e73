internal import Inference
internal import Models

/// The part of a network that says what OKS to expect of a pose, from the shape of its body and the scores of its joints (mmpose
/// `RescoreNet`).
struct PoseRating {
  let network: Network
  let settings: SPRSettings.Rescoring

  /// A rating a person; 0 where there is no number.
  ///
  /// - Parameter stride: pixels of the input a map pixel.
  func ratings(of people: [RegressedPerson], stride: Float) throws -> [Float] {
    guard !people.isEmpty else { return [] }
    let features = people.flatMap { self.features(of: $0, stride: stride) }
    let input = Tensor(shape: [people.count, features.count / people.count], features)
    return try network.run([input])[0].floats.map { $0.isNaN ? 0 : $0 }
  }

  /// Every link's way across and down, every link's length, in units of the body, and every joint's score.
  private func features(of person: RegressedPerson, stride: Float) -> [Float] {
    let ways = settings.links.map { (person.joints[$0[0]] - person.joints[$0[1]]) * stride }
    let lengths = ways.map { ($0 * $0).sum().squareRoot() }
    let unit = max((lengths[settings.normIndexes[0]] + lengths[settings.normIndexes[1]]) / 2, 1)
    return ways.flatMap { [$0.x / unit, $0.y / unit] } + lengths.map { $0 / unit } + person.jointScores
  }
}
