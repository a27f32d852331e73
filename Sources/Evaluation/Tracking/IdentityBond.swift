/// A person labelled and an id predicted.
struct IdentityBond: Hashable {
  var person: Int
  var id: Int
}

extension IdentityFrame {
  func bond(_ pair: Pair) -> IdentityBond {
    IdentityBond(person: truths[pair.truth], id: predictions[pair.prediction])
  }
}
