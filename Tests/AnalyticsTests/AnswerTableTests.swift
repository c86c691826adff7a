import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

@Suite struct AnswerTableTests {
  @Test func `a rate has no columns of durations, a duration all of them`() throws {
    let golden = try GoldenStore.make()
    let rate = try Analytics.answer(GoldenStore.request("K10:scor", by: ["channel"]), from: golden.snapshot())
    #expect(
      rate.columns.map(\.name) == [
        "kpi", "channel", "value", "numerator", "denominator", "pending", "excluded", "unit",
      ])
    #expect(rate.columns[1].isKey)
    #expect(rate[0, 2] == .ratio(numerator: 1, denominator: 1, as: .percent))
    #expect(rate[1, 2] == .ratio(numerator: 6, denominator: 7, as: .percent))
    #expect(rate[1, 6] == .counts([ReasonCount("cancelled-customer", 1)]))
    let duration = try Analytics.answer(GoldenStore.request("K01:all"), from: golden.snapshot())
    #expect(
      duration.columns.map(\.name) == [
        "kpi", "value", "numerator", "denominator", "pending", "excluded", "unit", "n", "mean_num", "mean_den", "p50",
        "p90", "p95", "max", "negative",
      ])
    #expect(duration[0, 1] == .ratio(numerator: 2_480 * minute, denominator: 8, as: .duration))
    #expect(duration[0, 10] == .duration(milliseconds: 40 * minute))
  }

  @Test func `an amount is in minor units, with its currency and scale`() throws {
    let golden = try GoldenStore.make()
    let table = try Analytics.answer(GoldenStore.request("K42:gross"), from: golden.snapshot())
    let unit = try #require(MoneyUnit(code: "CNY", scale: 2))
    #expect(
      Array(table.row(0)) == [
        "K42:gross", .money(minorUnits: 2_600_000, unit: unit), 2_600_000, nil, 0,
        .counts([ReasonCount("cancelled", 1)]),
        "CNY", 2,
      ])
  }

  @Test func `figures of several kinds share a table`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K42:gmv", "K43:value", "K14", "K07", "K10:scor", by: ["month"])
    request.withTotals = true
    let table = try Analytics.answer(request, from: golden.snapshot())
    #expect(table.rowCount == 10)
    let isTotal = try #require(table.index(ofColumn: "is_total"))
    #expect((0..<10).map { table[$0, isTotal] } == (0..<10).map { .boolean($0 % 2 == 1) })
    #expect(table[1, 1] == "total")
  }

  @Test func `nothing to divide by is no value`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K10:scor")
    request.conditions = ["channel = 'nobody'"]
    let table = try Analytics.answer(request, from: golden.snapshot())
    #expect(table.rowCount == 1)
    #expect(table[0, 1] == .null)
    #expect(table[0, 3] == 0)
  }

  @Test func `an answer says what it is a function of`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K10:scor", by: ["channel"])
    request.conditions = ["units > 0"]
    let snapshot = try golden.snapshot()
    let meta = try Analytics.answer(request, from: snapshot).meta
    #expect(
      meta["period"] == [
        "from": .value(.instant(milliseconds: GoldenStore.milliseconds("03-01 00:00"))),
        "to": .value(.instant(milliseconds: GoldenStore.milliseconds("04-01 00:00"))),
      ])
    #expect(meta["as_of"] == .value(.instant(milliseconds: GoldenStore.milliseconds("04-15 00:00"))))
    #expect(meta["zone"] == "Asia/Shanghai")
    #expect(meta["zone_rules"] == "system")
    #expect(meta["sequence"] == .value(.integer(Int64(snapshot.sequence))))
    #expect(meta["keys"] == ["channel"])
    #expect(meta["where"] == ["units > 0"])
    guard case .list(let kpis)? = meta["kpis"], case .object(let kpi)? = kpis.first else {
      Issue.record("no definitions")
      return
    }
    #expect(kpi["kpi"] == "K10:scor")
    #expect(kpi["version"] == 1)
    #expect(kpi["attribution"] == "created")
  }

  @Test func `all figures are answered, those that cannot be with a note`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request(by: ["sku"])
    request.names = []
    let answers = try Analytics.answers(to: request, from: golden.snapshot())
    // One note tells of all that make rows of their own.
    let ordinary = KPICatalogue.all.count { $0.definition.cellKeys.isEmpty }
    #expect(answers.answers.count + answers.notes.count == ordinary + 1)
    #expect(answers.notes.contains { $0.contains("K42:net cannot be grouped by 'sku'") })
    request.by = []
    let all = try Analytics.answers(to: request, from: golden.snapshot())
    #expect(all.answers.count == ordinary)
    #expect(all.notes.contains { $0.hasPrefix("left out: K38:month, K38:cumulative, ") })
  }

  @Test func `a definition is told in words, without looking at orders`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K31:twa", by: ["channel"])
    request.explanation = .definition
    let table = try Analytics.answer(request, from: golden.snapshot())
    #expect(table.rowCount == 13)
    #expect(table[0, 2] == "Inventory turnover")
  }

  @Test func `a bare name with several meanings is refused, and so is turnover without a period`() throws {
    let golden = try GoldenStore.make()
    let error = #expect(throws: AnalyticsError.self) {
      try Analytics.answers(to: GoldenStore.request("K37"), from: golden.snapshot())
    }
    guard case .kpi(.ambiguous(id: "K37", variants: _))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    var request = try GoldenStore.request("K31:twa")
    request.period = nil
    #expect(throws: AnalyticsError.kpi(.needsPeriod(kpi: "K31:twa"))) {
      try Analytics.answers(to: request, from: golden.snapshot())
    }
    request.period = "2026-13"
    let mistyped = #expect(throws: AnalyticsError.self) { try Analytics.answers(to: request, from: golden.snapshot()) }
    guard case .query(_, source: "2026-13")? = mistyped else {
      Issue.record("\(String(describing: mistyped))")
      return
    }
  }
}
