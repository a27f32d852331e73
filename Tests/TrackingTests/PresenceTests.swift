import Testing
import Tracking

@Suite struct `Presence of people` {
  @Test func `those seen most often stay and ties go to the lower id`() {
    var presence = Presence()
    for ids in [[0, 1, 2], [1, 2], [3, 1, 1], [3]] { presence.count(ids) }
    #expect(presence.frames == [0: 1, 1: 3, 2: 2, 3: 2])
    #expect(presence.mostPresent(1) == [1])
    #expect(presence.mostPresent(2) == [1, 2])
    #expect(presence.mostPresent(9) == [0, 1, 2, 3])
    #expect(presence.mostPresent(0).isEmpty)
  }
}
