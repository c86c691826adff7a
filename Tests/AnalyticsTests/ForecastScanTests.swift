import Calendars
import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// Forecasts and covers through a store, whose weeks begin on Mondays in +08:00.
@Suite struct ForecastScanTests {
  /// Weeks of demand of two SKUs: A from the week of 2026-01-05 on, B from two weeks later on.
  private func store() throws -> TestStore {
    let store = try TestStore()
    try store.submit([
      .receive(StockReceipt(sku: "A", location: "L", quantity: 30, occurredAt: Instant(milliseconds: 0))),
      .receive(StockReceipt(sku: "C", location: "L", quantity: 5, occurredAt: Instant(milliseconds: 0))),
    ])
    let weeks: [[(String, Int64)]] = [
      [("A", 10)], [("A", 12)], [("A", 14), ("B", 3)], [("A", 13)], [("A", 15), ("B", 4)], [("A", 99)],
    ]
    for (week, lines) in weeks.enumerated() {
      let at = GoldenStore.milliseconds("01-07 12:00") + Int64(week) * 7 * day
      try store.submit(
        lines.map { sku, quantity in
          .observe(
            ObservedOrder(
              order: NewOrder(
                channel: "web", number: "\(sku)\(week)", placedAt: Instant(milliseconds: at), currency: "CNY",
                lines: [NewLine(sku: sku, quantity: quantity, unitPriceMinorUnits: 100)])))
        })
    }
    return store
  }

  private func request(_ name: String, by keys: [String], period: String? = nil) throws -> KPIRequest {
    // The sixth week is not over on its Saturday.
    var request = try GoldenStore.request(name, by: keys, asOf: "02-14 00:00")
    (request.period, request.attribution) = (period, .own)
    return request
  }

  private func rows(_ request: KPIRequest, of store: TestStore) throws -> [KPIAnswer.Cell] {
    try Analytics.answers(to: request, from: store.snapshot()).answers[0].cells
  }

  @Test func `each SKU is forecast from the weeks that are over, its first demand on`() throws {
    let cells = try rows(request("K50:ma-3", by: ["sku", "week"]), of: store())
    #expect(cells.count == 12)
    #expect(cells[0].keys == ["A", "2026-W07"])
    #expect(cells[0].ownKeys == ["forecast"])
    #expect(cells[0].result.quotient == Fraction(numerator: 14, denominator: 1))
    // B: 3, 0, 4.
    #expect(cells[6].keys == ["B", "2026-W07"])
    #expect(cells[6].result.quotient == Fraction(numerator: 7, denominator: 3))
  }

  @Test func `all together, by weeks where no time is named; smoothing as in the oracle`() throws {
    let cells = try rows(request("K50:ses-50", by: ["category"], period: nil), of: store())
    // Neither SKU has a category: 10, 12, 17, 13, 19.
    #expect(cells[0].keys == [nil])
    #expect(cells[0].result.quotient == Fraction(reducing: 10 + 12 + 2 * 17 + 4 * 13 + 8 * 19, 16))
    #expect(cells.map(\.ownKeys) == DemandForecast.Measure.allCases.map { [.text($0.rawValue)] })
    #expect(cells[1].unitName == "units" && cells[2].unitName == "ratio")
  }

  @Test func `a period cuts the series at whole weeks, and what was asked for before lets it begin with zeros`() throws
  {
    let store = try store()
    // From Wednesday of the third week to the end of the fourth.
    let cells = try rows(request("K50:ma-1", by: ["sku"], period: "2026-01-21..2026-02-01"), of: store)
    #expect(cells.map { $0.result.quotient?.numerator } == [13, nil, nil, nil, nil, 0, 0, nil, nil, nil, nil, 0])
    let table = try Analytics.answer(request("K50:ma-1", by: ["sku"]), from: store.snapshot())
    #expect(table.columns.prefix(3).map(\.name) == ["kpi", "sku", "measure"])
    #expect(table.columns[2].isKey)
  }

  @Test func `the demand of no order at all is told, without a value`() throws {
    let cells = try rows(request("K50:ses", by: []), of: try TestStore())
    #expect(cells.count == 6)
    #expect(cells[0].result.quotient == nil)
  }

  @Test func `by weekday, minute or customer nothing is forecast, and there are no members`() throws {
    let store = try store()
    for key in ["weekday", "minute", "customer"] {
      let error = #expect(throws: AnalyticsError.self) { try rows(request("K50:ses", by: [key]), of: store) }
      guard case .keyDoesNotFit(kpi: "K50:ses", key: key, keys: _)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    for name in ["K50:ses", "K33"] {
      var request = try request(name, by: [])
      request.explanation = .members
      #expect(throws: AnalyticsError.noMembers(kpi: name)) { try rows(request, of: store) }
    }
  }

  @Test func `cover counts the demand of what has stock, of four weeks`() throws {
    let store = try store()
    // Four weeks before 02-14: the third to the sixth week of A; B has no stock.
    let whole = try rows(request("K33", by: []), of: store)
    #expect(whole[0].result.quotient == Fraction(numerator: 35 * 28, denominator: 14 + 13 + 15 + 99))
    let bySKU = try rows(request("K33", by: ["sku"]), of: store)
    #expect(bySKU.map(\.keys) == [["A"], ["C"]])
    #expect(bySKU[0].result.quotient == Fraction(numerator: 30 * 28, denominator: 141))
    #expect(bySKU[1].result.quotient == nil)
    #expect(bySKU[1].result.excluded("no-demand") == 1)
    var request = try request("K33", by: [])
    request.conditions = ["units > 0"]
    #expect(throws: AnalyticsError.conditionDoesNotFit(kpi: "K33")) { try rows(request, of: store) }
  }
}
