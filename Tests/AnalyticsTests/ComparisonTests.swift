import Columns
import KPIs
import OrderStore
import QueryLanguage
import Testing

@testable import Analytics

/// Figures of two periods side by side, in G1: four orders of 100 in February, ten in March, one in April.
@Suite struct ComparisonTests {
  private func answers(
    _ name: String, period: String? = "2026-03", compared: String, by keys: [String] = [], totals: Bool = false
  ) throws -> KPIAnswers {
    var request = try GoldenStore.request(name, by: keys)
    (request.period, request.compared, request.withTotals) = (period, ComparedPeriod(compared), totals)
    return try Analytics.answers(to: request, from: GoldenStore.make().snapshot())
  }

  private func row(_ table: Table, _ row: Int, _ columns: String...) throws -> [Columns.Value] {
    try columns.map { table[row, try #require(table.index(ofColumn: $0))] }
  }

  @Test func `a rate stands beside that of the month before, with the change in percentage points`() throws {
    let table = try answers("K25:orders", compared: "previous").table()
    let values = try row(table, 0, "value", "compare_value", "compare_numerator", "compare_denominator", "change")
    #expect(
      values == [
        .ratio(numerator: 1, denominator: 10, as: .percent), .ratio(numerator: 0, denominator: 4, as: .percent),
        .integer(0), .integer(4), .ratio(numerator: 1, denominator: 10, as: .percent),
      ])
    // Six of eight in full after four of four.
    let full = try answers("K11", compared: "2026-02").table()
    #expect(try row(full, 0, "change") == [.ratio(numerator: -1, denominator: 4, as: .percent)])
  }

  @Test func `an amount changes by money, an average by money, a count by a count`() throws {
    let yuan = try #require(MoneyUnit(code: "CNY", scale: 2))
    let sales = try answers("K42:gmv", compared: "previous").table()
    #expect(
      try row(sales, 0, "compare_value", "compare_numerator", "compare_denominator", "change") == [
        .money(minorUnits: 40_000, unit: yuan), .integer(40_000), .null, .money(minorUnits: 2_570_000, unit: yuan),
      ])
    let average = try answers("K43:value", compared: "previous").table()
    #expect(
      try row(average, 0, "change") == [.ratio(numerator: 2_510_000, denominator: 9, as: .money(yuan))])
    let backlog = try answers("K14", compared: "previous").table()
    #expect(try row(backlog, 0, "value", "compare_value", "change") == [.integer(1), .integer(0), .integer(1)])
  }

  @Test func `without a figure in either period there is no change`() throws {
    let table = try answers("K25:orders", compared: "year_ago").table()
    #expect(try row(table, 0, "compare_value", "compare_denominator", "change") == [.null, .integer(0), .null])
  }

  @Test func `groups stand beside themselves, those of the other period alone come last`() throws {
    let answer = try answers("K42:gmv", compared: "previous", by: ["channel"], totals: true).answers[0]
    let now = try answers("K42:gmv", period: "2026-02", compared: "2026-03", by: ["channel"]).answers[0]
    var amounts: [String?: Int64] = [:]
    for cell in answer.cells { amounts[cell.keys[0]] = cell.result.numerator }
    #expect(amounts.count == 2 && amounts.values.reduce(0, +) == 2_610_000)
    #expect(answer.cells.compactMap { $0.compared?.numerator }.reduce(0, +) == 40_000)
    #expect(answer.total?.compared?.numerator == 40_000)
    // What February lacks stands last there, with nothing of its own.
    let alone = try #require(now.cells.last)
    #expect(now.cells.map(\.result.numerator) == [40_000, 0] && alone.compared?.numerator == amounts[alone.keys[0]])
  }

  @Test(arguments: ["K01", "K13:index", "K31:twa", "K37:returning", "K39:revenue", "K42:net", "K44:units"])
  func `what stands beside a figure is the figure of that period`(name: String) throws {
    let answers = try answers(name, compared: "2026-02")
    let alone = try self.answers(name, period: "2026-02", compared: "2026-03")
    #expect(answers.answers[0].cells.count == alone.answers[0].cells.count)
    for (cell, other) in zip(answers.answers[0].cells, alone.answers[0].cells) {
      #expect(cell.compared == other.result)
    }
    #expect(answers.context.comparedPeriod == alone.context.period)
  }

  @Test func `an answer without another period has no columns for it`() throws {
    let golden = try GoldenStore.make()
    let table = try Analytics.answer(GoldenStore.request("K25:orders"), from: golden.snapshot())
    #expect(table.index(ofColumn: "compare_value") == nil && table.index(ofColumn: "change") == nil)
  }

  @Test func `an open period, time buckets and members have nothing to stand beside`() throws {
    #expect(throws: AnalyticsError.cannotCompare(.openPeriod)) {
      try answers("K25:orders", period: nil, compared: "previous")
    }
    #expect(throws: AnalyticsError.cannotCompare(.timeBucket(key: "month"))) {
      try answers("K25:orders", compared: "previous", by: ["month"])
    }
    #expect(try answers("K25:orders", compared: "previous", by: ["weekday"]).answers[0].cells.isEmpty == false)
    var request = try GoldenStore.request("K25:orders")
    (request.compared, request.explanation) = (.previous, .members)
    #expect(throws: AnalyticsError.cannotCompare(.explanation)) {
      try Analytics.answer(request, from: GoldenStore.make().snapshot())
    }
    #expect(throws: AnalyticsError.self) { try answers("K25:orders", compared: "lsat month") }
  }
}
