import KPIs
import OrderModel
import Testing

struct EntryErrorRateTests {
  @Test func `any number of corrections is one wrong order`() throws {
    let orders = [0, 1, 3].map { TestOrder(placedAt: 0, [.told(.entryErrors): $0]) }
    #expect(try result(EntryErrorRate(), of: orders, asOf: day).quotient == Fraction(numerator: 2, denominator: 3))
  }

  @Test func `only what a person entered is manual`() {
    let order = TestOrder(placedAt: 0, [.told(.entryErrors): 1])
    #expect(verdict(EntryErrorRate(.manual), of: order, asOf: day) == "not-manual")
    let manual = TestOrder(placedAt: 0, [.told(.entryErrors): 1, .told(.enteredByPerson): 1])
    #expect(verdict(EntryErrorRate(.manual), of: manual, asOf: day) == "hit")
  }
}
