import Calendars
import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

@Suite struct GroupingTests {
  @Test func `groups come sorted, with the unknown last, and counts add up`() throws {
    let golden = try GoldenStore.make()
    let answer = try answer(golden, try GoldenStore.request("K42:gmv", by: ["reason", "channel"]))
    #expect(answer.cells.map(\.keys) == [["mind", "web"], [nil, "b2b"], [nil, "web"]])
    #expect(answer.cells.map(\.result.numerator) == [5_000, 2_500_000, 105_000])
  }

  @Test func `a reason splits those cancelled for it, not what they are a share of`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K25:orders", by: ["reason", "channel"])
    let answer = try answer(golden, request)
    #expect(answer.cells.map(\.keys) == [["mind", "web"]])
    #expect(answer.cells.map(\.result.quotient) == [Fraction(numerator: 1, denominator: 9)])
    request.explanation = .members
    let members = try Analytics.answer(request, from: golden.snapshot())
    #expect(members.rowCount == 10)
  }

  @Test func `nodes come in the order of the way, sides by name`() throws {
    let golden = try GoldenStore.make()
    let byNode = try answer(golden, try GoldenStore.request("K25:orders", by: ["node"]))
    #expect(byNode.cells.map(\.keys) == [["validated"], ["delivered"], ["cancelled"]])
    let bySide = try answer(golden, try GoldenStore.request("K42:gmv", by: ["cancel-side"]))
    #expect(bySide.cells.map(\.keys) == [["customer"], [nil]])
  }

  @Test func `by customer, guests are the unknown group`() throws {
    let golden = try GoldenStore.make()
    let answer = try answer(golden, try GoldenStore.request("K42:gmv", by: ["customer"]))
    #expect(answer.cells.map { $0.keys[0] } == ["c1", "c2", "c3", "c4", "c5", "c6", "c7", nil])
    #expect(answer.cells.map(\.result.numerator) == [45_000, 25_000, 5_000, 2_500_000, 10_000, 5_000, 10_000, 10_000])
  }

  @Test func `amounts are divided among the SKUs of an order, orders counted once in each`() throws {
    let golden = try GoldenStore.make()
    let sales = try answer(golden, try GoldenStore.request("K42:gmv", by: ["sku"]))
    #expect(sales.cells.map(\.keys) == [["A"], ["B"], ["C"]])
    #expect(sales.cells.map(\.result.numerator) == [80_000, 30_000, 2_500_000])
    let onTime = try answer(golden, try GoldenStore.request("K10:scor", by: ["sku"]))
    #expect(onTime.cells.map(\.result.numerator) == [5, 2, 1])
    #expect(onTime.cells.map(\.result.denominator) == [5, 3, 1])
    let byCategory = try answer(golden, try GoldenStore.request("K10:scor", by: ["category"]))
    // O3 has two lines of the small kind and counts once.
    #expect(byCategory.cells.map(\.keys) == [["bulk"], ["small"]])
    #expect(byCategory.cells.map(\.result.denominator) == [1, 7])
  }

  @Test func `an order without lines falls into the unknown SKU`() throws {
    let store = try TestStore()
    try store.submit([.observe(ObservedOrder(order: order("X", lines: []))), .place(order("Y", lines: ["A"]))])
    let request = KPIRequest(names: ["K25:orders"], by: ["sku"], zone: .utc, now: start + day)
    #expect(try answer(store, request).cells.map(\.keys) == [["A"], [nil]])
  }

  @Test func `what cannot be divided among lines is refused by SKU`() throws {
    let golden = try GoldenStore.make()
    for name in ["K42:net", "K43:value", "K37:ever"] {
      let error = #expect(throws: AnalyticsError.self) {
        try Analytics.answers(to: GoldenStore.request(name, by: ["sku"]), from: golden.snapshot())
      }
      guard case .keyDoesNotFit(let kpi, "sku", let keys)? = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(kpi == name)
      #expect(keys.contains("channel") && !keys.contains("sku"))
    }
  }

  @Test func `an unknown or repeated key is refused with what was meant`() throws {
    let golden = try GoldenStore.make()
    #expect(
      throws: AnalyticsError.unknownKey(name: "locaton", suggestion: "location", keys: Analytics.keyNames)
    ) { try Analytics.answers(to: GoldenStore.request("K07", by: ["locaton"]), from: golden.snapshot()) }
    #expect(throws: AnalyticsError.repeatedKey("customer.grade")) {
      try Analytics.answers(to: GoldenStore.request("K07", by: ["grade", "customer.grade"]), from: golden.snapshot())
    }
  }

  // MARK: - Time

  @Test func `a month's buckets are cut in the zone, by the instant the figure counts`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K07", by: ["day"])
    request.attribution = .own
    let answer = try answer(golden, request)
    #expect(answer.cells.first?.keys == ["2026-03-04"])
    // Seven days of delivery; what was cancelled or waits stands on the day it was placed, O4 on a day of its own.
    #expect(answer.cells.count == 8)
    request.by = ["weekday", "week"]
    let byWeek = try self.answer(golden, request)
    #expect(byWeek.cells.first?.keys == ["Mon", "2026-W11"])
  }

  @Test func `a period that names a bucket groups by it`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K25:orders", by: ["channel"])
    request.period = "monthly in 2026"
    let answers = try Analytics.answers(to: request, from: golden.snapshot())
    #expect(answers.context.keys == ["month", "channel"])
    #expect(answers.answers[0].cells.map(\.keys).first == ["2026-02", "web"])
  }

  @Test func `the bucket as-of lies in is not finished`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K25:orders", by: ["month"])
    request.period = nil
    let answer = try answer(golden, request)
    #expect(answer.cells.map(\.keys) == [["2026-02"], ["2026-03"], ["2026-04"]])
    #expect(answer.cells.map(\.isUnfinished) == [false, false, true])
  }

  @Test func `local days and hours are right across both changes of the clock`() throws {
    let zone = try SystemZone.rules("Europe/Berlin")
    let store = try TestStore()
    // Around 2025-03-30 (23 hours) and 2025-10-26 (25 hours), an order every hour.
    let spring = 1_743_202_800_000 as Int64
    let autumn = 1_761_343_200_000 as Int64
    var commands: [Command] = []
    for (season, first) in [spring, autumn].enumerated() {
      for offset in 0..<72 {
        var new = order("S\(season)-\(offset)", lines: ["A"])
        new.placedAt = Instant(milliseconds: first + Int64(offset) * hour)
        commands.append(.place(new))
      }
    }
    try store.submit(commands)
    var request = KPIRequest(names: ["K25:orders"], by: ["day"], zone: zone, now: autumn + 30 * day)
    let byDay = try answer(store, request)
    let counts = Dictionary(uniqueKeysWithValues: byDay.cells.map { ($0.keys[0]!, $0.result.denominator!) })
    #expect(counts["2025-03-30"] == 23)
    #expect(counts["2025-10-26"] == 25)
    #expect(counts["2025-03-29"] == 24)
    request.by = ["day", "hour_of_day"]
    let byHour = try answer(store, request)
    #expect(!byHour.cells.contains { $0.keys == ["2025-03-30", "02"] })
    #expect(byHour.cells.first { $0.keys == ["2025-10-26", "02"] }?.result.denominator == 2)
  }

  // MARK: - Money

  @Test func `amounts of several currencies are refused unless they are kept apart`() throws {
    let store = try TestStore()
    var yen = order("J", lines: ["A"])
    yen.currency = "JPY"
    try store.submit([.place(order("C", lines: ["A", "B"])), .place(yen)])
    var request = KPIRequest(names: ["K42:gmv"], zone: .utc, now: start + day)
    #expect(throws: AnalyticsError.mixedCurrencies(kpi: "K42:gmv", currencies: ["CNY", "JPY"])) {
      try Analytics.answers(to: request, from: store.snapshot())
    }
    request.by = ["currency"]
    let apart = try answer(store, request)
    #expect(apart.cells.map(\.result.numerator) == [200, 100])
    #expect(apart.cells.map(\.unit) == [MoneyUnit(code: "CNY", scale: 2), MoneyUnit(code: "JPY", scale: 0)])
    request.by = []
    request.conditions = ["currency = 'JPY'"]
    #expect(try answer(store, request).cells[0].unit == MoneyUnit(code: "JPY", scale: 0))
    request.conditions = []
    request.names = ["K25:orders"]
    #expect(try answer(store, request).cells[0].result.denominator == 2)
  }

  @Test func `a total is computed anew, and left out where currencies differ`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K37:in-period", "K42:gmv", by: ["day"])
    request.withTotals = true
    let answers = try Analytics.answers(to: request, from: golden.snapshot())
    // On no day did anybody order twice, in the month two did.
    #expect(answers.answers[0].cells.map(\.result.numerator).reduce(0, +) == 0)
    #expect(answers.answers[0].total?.result.quotient == Fraction(numerator: 2, denominator: 6))
    #expect(answers.answers[1].total?.result.numerator == 2_610_000)
    let store = try TestStore()
    var yen = order("J", lines: ["A"])
    yen.currency = "JPY"
    try store.submit([.place(order("C", lines: ["A"])), .place(yen)])
    var mixed = KPIRequest(names: ["K42:gmv"], by: ["currency"], zone: .utc, now: start + day)
    mixed.withTotals = true
    let apart = try Analytics.answers(to: mixed, from: store.snapshot())
    #expect(apart.answers[0].total == nil)
    #expect(apart.notes.contains { $0.contains("several currencies") })
  }

  // MARK: - Parts

  private let start: Int64 = 1_772_409_600_000

  private func order(_ number: String, lines: [String]) -> NewOrder {
    NewOrder(
      channel: "web", number: number, placedAt: Instant(milliseconds: start), currency: "CNY",
      lines: lines.map { NewLine(sku: $0, quantity: 1, unitPriceMinorUnits: 100) }, profile: .simple)
  }

  private func answer(_ store: TestStore, _ request: KPIRequest) throws -> KPIAnswer {
    try #require(try Analytics.answers(to: request, from: store.snapshot()).answers.first)
  }
}
