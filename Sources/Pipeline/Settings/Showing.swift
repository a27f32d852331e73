/// Who is drawn, and who is made unrecognisable, by identity.
package struct Showing: Hashable, Sendable {
  package enum Blur: Hashable, Sendable {
    case nobody
    case these(Set<Int>)
    /// Also those without an identity.
    case allBut(Set<Int>)
  }

  package var blur = Blur.nobody
  /// nil draws everyone.
  package var only: Set<Int>?

  package init() {}

  /// Everyone who was named.
  var named: Set<Int> {
    switch blur {
    case .nobody: only ?? []
    case .these(let ids), .allBut(let ids): ids.union(only ?? [])
    }
  }

  func blurs(_ trackID: Int?) -> Bool {
    switch blur {
    case .nobody: false
    case .these(let ids): trackID.map(ids.contains) ?? false
    case .allBut(let ids): !(trackID.map(ids.contains) ?? false)
    }
  }

  func draws(_ trackID: Int?) -> Bool {
    only.map { only in trackID.map(only.contains) ?? false } ?? true
  }
}
