import KPIs
import OrderModel
import Testing

struct StallRateTests {
  private func verdict(_ values: [OrderField: Int64], asOf: Int64) -> String {
    KPIsTests.verdict(StallRate(limits: [.paid: 4 * hour]), of: TestOrder(placedAt: 0, values), asOf: asOf)
  }

  @Test func `an order stalls when its node's limit has passed since the last entry`() {
    #expect(verdict([.reached(.paid): hour], asOf: 5 * hour) == "miss")
    #expect(verdict([.reached(.paid): hour], asOf: 5 * hour + 1) == "hit")
    #expect(verdict([.reached(.paid): hour, .told(.lastEntryAt): 2 * hour], asOf: 5 * hour + 1) == "miss")
  }

  @Test func `what is on hold does not stall, what has no limit or no instant is left out`() {
    #expect(verdict([.reached(.paid): hour, .told(.openHolds): HoldKind.credit.bit], asOf: day) == "miss")
    #expect(verdict([:], asOf: day) == "no-limit")
    #expect(verdict([.reached(.paid): InstantColumn.unknown], asOf: day) == "time-missing")
  }
}
