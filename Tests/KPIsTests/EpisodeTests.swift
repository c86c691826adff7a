import OrderModel
import Testing

@testable import KPIs

struct EpisodeTests {
  private func entry(
    _ kind: EventKind, _ exception: ExceptionKind = .credit, at instant: Int64, isHuman: Bool = true
  ) -> StoryEntry {
    StoryEntry(
      order: 3, row: 0, kind: kind, subject: exception.rawValue, side: 0, isHuman: isHuman, isEntryReason: false,
      instant: instant, before: 0, after: 0)
  }

  private func episodes(_ entries: [StoryEntry], before asOf: Int64 = 1_000) -> [Episode] {
    Episode.episodes(entries[...], before: asOf)
  }

  @Test func `an episode goes from its raising to its last resolution`() {
    let entries = [
      entry(.raised, at: 10, isHuman: false), entry(.acknowledged, at: 20, isHuman: false),
      entry(.acknowledged, at: 30), entry(.resolved, at: 40), entry(.reopened, at: 50), entry(.resolved, at: 60),
    ]
    var expected = Episode(order: 3, kind: .credit, raisedAt: 10)
    (expected.answeredAt, expected.resolvedAt, expected.reopenCount) = (30, 60, 1)
    #expect(episodes(entries) == [expected])
    (expected.resolvedAt, expected.reopenCount) = (40, 0)
    #expect(episodes(entries, before: 50) == [expected])
    (expected.answeredAt, expected.resolvedAt) = (InstantColumn.none, InstantColumn.none)
    #expect(episodes(entries, before: 30) == [expected])
    #expect(episodes(entries, before: 10) == [])
  }

  @Test func `told again while open it is the same, raised after its end another`() {
    let entries = [
      entry(.raised, at: 10), entry(.raised, at: 15), entry(.resolved, at: 20), entry(.raised, at: 30),
      entry(.raised, .lost, at: 35),
    ]
    #expect(episodes(entries).map(\.raisedAt) == [10, 30, 35])
    #expect(episodes(entries).map(\.kind) == [.credit, .credit, .lost])
    // Whoever resolves it has answered.
    #expect(episodes(entries)[0].answeredAt == 20)
  }
}
