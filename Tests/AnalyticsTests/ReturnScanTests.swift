import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// Returns through a store: G1, where a movement and a credit note tell of the unit of O6 that came back on 20 March.
@Suite struct ReturnScanTests {
  private func result(
    _ store: TestStore, _ name: String, period: String? = "2026-03", by keys: [String] = []
  ) throws -> [KPIAnswer.Cell] {
    var request = try GoldenStore.request(name, by: keys)
    (request.period, request.attribution) = (period, .own)
    return try Analytics.answers(to: request, from: store.snapshot()).answers[0].cells
  }

  @Test func `a unit of 21, an order of 8: after seven days the order of April is decided`() throws {
    let golden = try GoldenStore.make()
    let plan = try Plan(try GoldenStore.request("K44:units"), snapshot: golden.snapshot()).withStories()
    for (variant, numerator, denominator) in [(ReturnRate.Variant.units, 1, 21), (.orders, 1, 8)] as [(_, Int64, Int64)]
    {
      let task = try ReturnScan.task(ReturnRate(variant, returnWindowDays: 7), of: plan)
      let result = try AnswerCells.answer(task, of: plan).cells[0].result
      #expect(result.quotient == Fraction(numerator: numerator, denominator: denominator))
    }
    // With fourteen days O10, delivered on 3 April, is not.
    let usual = try result(golden, "K44:units")[0].result
    #expect(usual.quotient == Fraction(numerator: 1, denominator: 20))
    #expect(usual.pending == 2)
    #expect(try result(golden, "K44:value")[0].result.quotient == Fraction(numerator: 10_000, denominator: 2_585_000))
  }

  @Test func `by the day it came back, it is set against what was delivered that month`() throws {
    let golden = try GoldenStore.make()
    #expect(try result(golden, "K44:units-event")[0].result.quotient == Fraction(numerator: 1, denominator: 20))
    #expect(try result(golden, "K44:orders-event")[0].result.quotient == Fraction(numerator: 1, denominator: 7))
    // Net sales of March with O7 and O10, which are still to come.
    #expect(
      try result(golden, "K44:value-event")[0].result.quotient == Fraction(numerator: 10_000, denominator: 2_600_000))
    let days = try result(golden, "K44:units-event", by: ["day"]).filter { $0.result.numerator != 0 }
    #expect(days.map(\.keys) == [["2026-03-20"]])
    // O15's unit was delivered that day.
    #expect(days[0].result.quotient == Fraction(numerator: 1, denominator: 1))
  }

  @Test func `a unit returned and credited counts once, one credited alone counts too`() throws {
    let golden = try GoldenStore.make()
    func at(_ text: String) -> Instant { Instant(milliseconds: GoldenStore.milliseconds(text)) }
    let unit = [LineQuantity(sku: "A", quantity: 1)]
    // The other unit of O6, and one of O1 of which nothing but a credit note tells.
    for (step, location) in [(ReturnStep.Step.request, nil), (.authorise, nil), (.receive, "SH-1")] as [(_, String?)] {
      try golden.submit([
        .giveBack(
          ReturnStep(
            order: .number("O6", channel: "web"), step: step, lines: unit, location: location,
            occurredAt: at("03-21 09:00")))
      ])
    }
    try golden.submit([
      .credit(
        CreditNote(
          channel: "web", number: "R1", occurredAt: at("03-22 09:00"), order: .number("O1", channel: "web"),
          currency: "CNY", lines: [CreditLine(sku: "A", quantity: 1, unitPriceMinorUnits: 10_000)]))
    ])
    #expect(try result(golden, "K44:units")[0].result.numerator == 3)
    #expect(try result(golden, "K44:orders")[0].result.numerator == 2)
    let days = try result(golden, "K44:units-event", by: ["day"]).filter { $0.result.numerator != 0 }
    #expect(days.map(\.keys) == [["2026-03-20"], ["2026-03-21"], ["2026-03-22"]])
    #expect(days.map(\.result.numerator) == [1, 1, 1])
    #expect(try result(golden, "K44:orders-event")[0].result.numerator == 2)
  }

  @Test func `members of the order view are orders, the event view has none`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K44:orders")
    request.explanation = .members
    let table = try Analytics.answer(request, from: golden.snapshot())
    #expect(table.rowCount == 10)
    request.names = ["K44:orders-event"]
    #expect(throws: AnalyticsError.noMembers(kpi: "K44:orders-event")) {
      try Analytics.answer(request, from: golden.snapshot())
    }
  }
}
