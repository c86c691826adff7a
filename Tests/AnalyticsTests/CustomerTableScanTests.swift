import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// Figures over customers as wholes, through a store.
@Suite struct CustomerTableScanTests {
  private func answer(
    _ name: String, by keys: [String] = [], period: String? = nil, where conditions: [String] = []
  ) throws -> KPIAnswer {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request(name, by: keys)
    (request.period, request.attribution, request.conditions) = (period, .own, conditions)
    return try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
  }

  @Test func `three of February's four customers came again in March; April is not over`() throws {
    let cells = try answer("K38:month").cells
    #expect(
      cells.map(\.ownKeys) == [["2026-02", 0], ["2026-02", 1], ["2026-02", 2], ["2026-03", 0], ["2026-03", 1]])
    #expect(cells.map(\.result.numerator) == [4, 3, 0, 3, 0])
    #expect(cells.map(\.result.denominator) == [4, 4, 0, 3, 0])
    #expect(cells.map(\.result.pending) == [0, 0, 4, 0, 3])
    #expect(cells[0].result.excluded("guest") == 1)
    #expect(cells[0].result.excluded("cancelled") == 1)
  }

  @Test func `a period takes the cohorts of its customers, a condition the orders that qualify`() throws {
    #expect(Set(try answer("K38:month", period: "2026-03").cells.map { $0.ownKeys[0] }) == ["2026-03"])
    let large = try answer("K38:month", where: ["units > 1"])
    // O1, O3, O5, O6: c1 and c4 and c2 first come in March then.
    #expect(large.cells.map(\.result.denominator) == [3, 0])
  }

  @Test func `grouped, a customer stands where the first order does`() throws {
    let cells = try answer("K38:month", by: ["channel"]).cells
    #expect(Set(cells.map(\.keys)) == [["web"]])
    let byMonth = try answer("K39:revenue", by: ["month"]).cells.filter { $0.ownKeys == [.null] }
    // In April nobody was new.
    #expect(byMonth.map(\.keys) == [["2026-02"], ["2026-03"], ["2026-04"]])
    #expect(byMonth.map(\.result.denominator) == [4, 3, 0])
  }

  @Test func `the seven customers are worth what their sales were, less the unit that came back`() throws {
    let cell = try #require(try answer("K39:revenue").cells.first)
    // c1 500, c2 250 less 100, c4 25,100, c5 100, c6 150, c7 200, c8 100, in yuan.
    #expect(cell.result.quotient == Fraction(numerator: 2_630_000, denominator: 7))
    #expect(cell.unit == MoneyUnit(code: "CNY", scale: 2))
    #expect(cell.result.median == 15_000)
  }

  @Test func `an order of which all came back makes no customer from then on, and what was credited to it is no loss`()
    throws
  {
    let golden = try GoldenStore.make()
    let unit = [LineQuantity(sku: "A", quantity: 1)]
    for (step, location) in [(.request, nil), (.authorise, nil), (.receive, "SH-1")] as [(ReturnStep.Step, String?)] {
      try golden.submit([
        .giveBack(
          ReturnStep(
            order: .number("O6", channel: "web"), step: step, lines: unit, location: location,
            occurredAt: Instant(milliseconds: GoldenStore.milliseconds("04-02 09:00"))))
      ])
    }
    func cell(_ name: String, asOf: String, period: String? = "2026-03") throws -> KPIResult {
      var request = try GoldenStore.request(name, asOf: asOf)
      request.period = period
      return try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result
    }
    // Of c2's O2 and O6 only O2 is left.
    #expect(try cell("K37:in-period", asOf: "04-02 09:00").quotient == Fraction(numerator: 2, denominator: 6))
    let after = try cell("K37:in-period", asOf: "04-15 00:00")
    #expect(after.quotient == Fraction(numerator: 1, denominator: 6))
    #expect(after.excluded("returned") == 1 && after.excluded("cancelled") == 1)
    // O6's 200 go, and with them the 100 credited to it.
    let worth = try cell("K39:revenue", asOf: "04-15 00:00", period: nil)
    #expect(worth.quotient == Fraction(numerator: 2_620_000, denominator: 7))
    #expect(try cell("K45:customers", asOf: "04-15 00:00").excluded("returned") == 1)
  }

  @Test func `the margin takes off what the ledger says the goods cost`() throws {
    let margin = try #require(try answer("K39:margin").cells.first?.result)
    let revenue = try #require(try answer("K39:revenue").cells.first?.result)
    #expect(margin.denominator == revenue.denominator)
    #expect(margin.excluded("cost-missing") == 0)
    // Shipped by April 15 to those seven: 8 A at 60 less one that came back, 4 B at 30, 10 C at 1,500.
    let golden = try GoldenStore.make()
    var cost: Int64 = 0
    for sku in ["A", "B", "C"] {
      for movement in try golden.snapshot().movements(sku: sku) where movement.order != nil {
        // O8 is the guest's.
        if movement.order != "O8" { cost -= movement.valueChangeMinorUnits }
      }
    }
    #expect(cost > 0)
    #expect(revenue.numerator - margin.numerator == cost)
  }

  @Test func `segments hold every customer once, the one who cancelled is a prospect`() throws {
    let cells = try answer("K41").cells
    #expect(cells.count == 11)
    #expect(cells.map(\.result.numerator).reduce(0, +) == 8)
    #expect(cells.last?.ownKeys == ["prospects"])
    #expect(cells.last?.result.numerator == 1)
    #expect(cells.allSatisfy { $0.result.denominator == 8 })
  }

  @Test(arguments: ["K38:month", "K38:cumulative", "K39:revenue", "K39:margin", "K41:segments", "K41:scores"])
  func `members are as many as each row counts`(name: String) throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request(name)
    (request.period, request.attribution) = (nil, .own)
    let answer = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    request.explanation = .members
    let table = try Analytics.answer(request, from: golden.snapshot())
    let keys = try answer.definition.cellKeys.map { try #require(table.index(ofColumn: $0.name)) }
    let set = try #require(table.index(ofColumn: "set"))
    let rows = (0..<table.rowCount).map { row in (keys.map { table[row, $0] }, table[row, set]) }
    for cell in answer.cells {
      func count(_ name: String) -> Int64 { Int64(rows.count { $0.0 == cell.ownKeys && $0.1 == .text(name) }) }
      switch answer.definition.kind {
      case .average: #expect(count("numerator") == cell.result.denominator)
      default: #expect(count("numerator") == cell.result.numerator)
      }
      if answer.definition.id == "K38" {
        #expect(count("numerator") + count("denominator") == cell.result.denominator)
      }
      #expect(count("pending") == cell.result.pending)
    }
  }

  @Test func `amounts of two currencies are refused, by name`() throws {
    let store = try TestStore()
    try store.submit(
      ["CNY", "EUR"].enumerated().map { index, currency in
        .observe(
          ObservedOrder(
            order: NewOrder(
              channel: "web", number: "\(index)", placedAt: Instant(milliseconds: 0),
              customer: CustomerIdentity(key: "c"), currency: currency,
              lines: [NewLine(sku: "A", quantity: 1, unitPriceMinorUnits: 100)])))
      })
    var request = try GoldenStore.request("K39:revenue")
    request.period = nil
    #expect(throws: AnalyticsError.mixedCurrencies(kpi: "K39:revenue", currencies: ["CNY", "EUR"])) {
      try Analytics.answers(to: request, from: store.snapshot())
    }
    request.conditions = ["currency = 'EUR'"]
    let answer = try Analytics.answers(to: request, from: store.snapshot()).answers[0]
    #expect(answer.cells[0].unit?.code == "EUR")
    request.names = ["K38"]
    request.conditions = []
    #expect(try Analytics.answers(to: request, from: store.snapshot()).answers[0].cells[0].result.numerator == 1)
  }
}
