import Testing

@testable import Tracking

@Suite struct `States of a track` {
  @Test func `a track is believed lost taken up and ended`() {
    var state = TrackState.tentative(seen: 0)
    state = state.seeing(certain: false, confirmAfter: 3)
    #expect(state == .tentative(seen: 1))
    state = state.seeing(certain: true, confirmAfter: 3)
    #expect(state == .active)
    state = state.missing(unseen: 0.5, maximumGap: 1)
    #expect(state == .lost)
    #expect(state.seeing(certain: false, confirmAfter: 3) == .active)
    state = state.missing(unseen: 1, maximumGap: 1)
    #expect(state == .lost)
    state = state.missing(unseen: 1.1, maximumGap: 1)
    #expect(state == .ended)
    #expect(state.seeing(certain: true, confirmAfter: 1) == .ended)
  }

  @Test func `who is not yet believed is forgotten at once`() {
    #expect(TrackState.tentative(seen: 2).missing(unseen: 0.1, maximumGap: 30) == .ended)
  }
}
