import KPIs
import OrderModel
import Testing

struct TouchlessRateTests {
  private func verdict(decider: Int64 = 1, touched: Int64 = InstantColumn.none, released: Int64 = 2 * hour) -> String {
    KPIsTests.verdict(
      TouchlessRate(),
      of: TestOrder(
        placedAt: 0,
        [
          .reached(.approved): hour, .reached(.released): released, .firstHumanActAt: touched,
          .told(.decider): decider,
        ]), asOf: day)
  }

  @Test func `an act of a person counts until the release, its instant included`() {
    #expect(verdict() == "hit")
    #expect(verdict(touched: 2 * hour) == "miss")
    #expect(verdict(touched: 2 * hour + 1) == "hit")
    #expect(verdict(decider: 2) == "miss")
  }

  @Test func `while it is not released, an untouched order may still be touched`() {
    #expect(verdict(released: InstantColumn.none) == "pending")
    #expect(verdict(touched: hour, released: InstantColumn.none) == "miss")
  }
}
