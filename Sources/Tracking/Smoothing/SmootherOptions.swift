/// The parameters of the 1€ filter, independent of resolution: speeds are in heights of the person a second.
struct SmootherOptions: Hashable, Sendable {
  /// The cut-off at rest in hertz; lower is calmer.
  var minimumCutoff: Double = 1
  /// By how many hertz the cut-off rises for every height a second (β of the paper); higher follows faster.
  var responsiveness: Double = 10
  /// The cut-off for the speed itself in hertz.
  var speedCutoff: Double = 1
}
