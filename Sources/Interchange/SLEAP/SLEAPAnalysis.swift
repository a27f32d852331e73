/// How SLEAP's analysis files have it: what the dimensions of each array are, the slowest first, as for MATLAB, which counts them
/// the other way round.
enum SLEAPAnalysis {
  static let tracks = [DenseAxis.person, .coordinate, .joint, .frame]
  static let pointScores = [DenseAxis.person, .joint, .frame]
  static let instanceScores = [DenseAxis.person, .frame]
  static let occupancy = [DenseAxis.frame, .person]
}
