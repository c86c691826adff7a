import OrderModel
import Testing

@testable import KPIs

struct HeldTimeTests {
  private func entry(_ kind: EventKind, _ hold: HoldKind, at instant: Int64) -> StoryEntry {
    StoryEntry(
      order: 0, row: 0, kind: kind, subject: hold.rawValue, side: 0, isHuman: false, isEntryReason: false,
      instant: instant, before: 0, after: 0)
  }

  private func held(
    _ entries: [StoryEntry], from start: Int64 = 0, to end: Int64 = 100, isCustomers: Bool = false
  ) -> Int64 {
    HeldTime.milliseconds(entries[...], from: start, to: end, isCustomers: isCustomers)
  }

  @Test func `holds that overlap count once`() {
    let entries = [
      entry(.held, .credit, at: 10), entry(.held, .address, at: 20), entry(.unheld, .credit, at: 30),
      entry(.unheld, .address, at: 40), entry(.held, .manual, at: 60), entry(.unheld, .manual, at: 65),
    ]
    #expect(held(entries) == 35)
    #expect(held(entries, isCustomers: true) == 20)
  }

  @Test func `only what lies between the two instants counts`() {
    let entries = [entry(.held, .credit, at: 10), entry(.unheld, .credit, at: 30)]
    #expect(held(entries, from: 15, to: 100) == 15)
    #expect(held(entries, from: 0, to: 20) == 10)
    #expect(held(entries, from: 40, to: 100) == 0)
    #expect(held(entries, from: 0, to: 10) == 0)
  }

  @Test func `a hold that is open counts to the end`() {
    #expect(held([entry(.held, .credit, at: 10)]) == 90)
    #expect(held([entry(.held, .credit, at: 10)], from: 20) == 80)
  }

  @Test func `open holds are those put on and not taken off before`() {
    let entries = [
      entry(.held, .credit, at: 10), entry(.held, .address, at: 20), entry(.unheld, .credit, at: 30),
    ]
    #expect(HeldTime.open(entries[...], at: 10) == 0)
    #expect(HeldTime.open(entries[...], at: 30) == HoldKind.credit.bit | HoldKind.address.bit)
    #expect(HeldTime.open(entries[...], at: 31) == HoldKind.address.bit)
  }
}
