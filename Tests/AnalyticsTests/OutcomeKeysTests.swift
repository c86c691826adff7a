import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// Shares of a whole, through a store with orders in two channels and one without.
@Suite struct OutcomeKeysTests {
  private func store() throws -> TestStore {
    let store = try TestStore()
    let orders: [(channel: String, customer: String?, units: Int64)] = [
      ("pos", "a", 1), ("web", "a", 2), ("web", "b", 3), ("web", "b", 4), ("pos", nil, 5),
    ]
    try store.submit(
      orders.enumerated().map { index, order in
        .observe(
          ObservedOrder(
            order: NewOrder(
              channel: order.channel, number: "\(index)", placedAt: Instant(milliseconds: Int64(index) * day),
              customer: order.customer.map { CustomerIdentity(key: $0) }, currency: "CNY",
              lines: [NewLine(sku: "A", quantity: order.units, unitPriceMinorUnits: 100)])))
      })
    try store.submit([
      .credit(
        CreditNote(
          channel: "web", number: "C", occurredAt: Instant(milliseconds: day), currency: "CNY",
          lines: [CreditLine(sku: "A", quantity: 1, unitPriceMinorUnits: 100)]))
    ])
    return store
  }

  private func parts(_ name: String, by keys: [String] = []) throws -> [[Int64?]] {
    var request = try GoldenStore.request(name, by: keys)
    (request.period, request.attribution) = (nil, .own)
    let cells = try Analytics.answers(to: request, from: store().snapshot()).answers[0].cells
    if keys.isEmpty { #expect(cells.map(\.ownKeys) == [["pos"], ["web"]]) }
    return cells.map { [$0.result.numerator, $0.result.denominator] }
  }

  @Test func `each channel has its part of the whole, asked by channel or not`() throws {
    for keys in [[], ["channel"]] {
      #expect(try parts("K45:orders", by: keys) == [[2, 5], [3, 5]])
      #expect(try parts("K45:units", by: keys) == [[6, 15], [9, 15]])
      #expect(try parts("K45:net", by: keys) == [[600, 1_400], [800, 1_400]])
    }
  }

  @Test func `a customer of both channels is one of two customers, not one of three`() throws {
    #expect(try parts("K45:customers") == [[1, 2], [2, 2]])
    #expect(try parts("K45:customers", by: ["channel"]) == [[1, 2], [2, 2]])
    // By month of 1970 there is January only.
    #expect(try parts("K45:customers", by: ["month"]) == [[1, 2], [2, 2]])
  }

  @Test func `the table has one column of channels, whoever asked for it`() throws {
    for keys in [[], ["channel"]] {
      var request = try GoldenStore.request("K45", by: keys)
      (request.period, request.attribution) = (nil, .own)
      let table = try Analytics.answer(request, from: store().snapshot())
      #expect(table.columns.filter { $0.name == "channel" }.count == 1)
      #expect(table.rowCount == 2)
      request.explanation = .members
      #expect(try Analytics.answer(request, from: store().snapshot()).rowCount == 5)
    }
  }
}
