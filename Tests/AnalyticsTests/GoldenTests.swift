import Calendars
import Columns
import KPIs
import OrderModel
import Testing

@testable import Analytics

/// The figures of the golden mini-set, computed independently, through a store.
@Suite struct GoldenTests {
  @Test(
    arguments: [
      ("K01:all", 2_480 * minute, 8), ("K01:first", 725 * minute, 8), ("K02:any", 150 * minute, 10),
      ("K08:paid", 6, 9), ("K10:scor", 7, 8), ("K10:commit", 7, 9), ("K10:commit-strict", 7, 9), ("K25:orders", 1, 10),
      ("K25:orders-customer", 1, 10), ("K25:lines", 2, 24), ("K37:in-period", 2, 6),
      ("K37:returning", 4, 6), ("K37:prior", 3, 6), ("K37:lifetime", 5, 6), ("K43:value", 26_000, 9),
    ] as [(String, Int64, Int64)])
  func `the dictionary's figures of March come out`(name: String, numerator: Int64, denominator: Int64) throws {
    let golden = try GoldenStore.make()
    let result = try figure(golden, name)
    #expect(result.numerator == numerator)
    #expect(result.denominator == denominator)
  }

  @Test func `customers ever and within thirty days are counted over all orders`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K37:ever", "K37:window-30")
    request.period = nil
    let answers = try Analytics.answers(to: request, from: golden.snapshot()).answers
    #expect(answers[0].cells[0].result.quotient == Fraction(numerator: 5, denominator: 7))
    #expect(answers[1].cells[0].result.quotient == Fraction(numerator: 3, denominator: 5))
  }

  @Test(arguments: [("K42:gmv", 26_100), ("K42:gross", 26_000), ("K42:net", 25_900)] as [(String, Int64)])
  func `sales take cancellations off, then returns`(name: String, amount: Int64) throws {
    let golden = try GoldenStore.make()
    let answer = try #require(
      try Analytics.answers(to: GoldenStore.request(name), from: golden.snapshot()).answers.first)
    #expect(answer.cells[0].result.numerator == amount)
    #expect(answer.cells[0].result.denominator == nil)
    #expect(answer.cells[0].unit == MoneyUnit(code: "CNY", scale: 2))
  }

  @Test func `on the first of April one shipment is still pending`() throws {
    let golden = try GoldenStore.make()
    let result = try figure(golden, "K08:paid", asOf: "04-01 00:00")
    #expect(result.quotient == Fraction(numerator: 5, denominator: 8))
    #expect(result.pending == 1)
  }

  @Test func `an earlier as-of knows less`() throws {
    let golden = try GoldenStore.make()
    let result = try figure(golden, "K10:scor", asOf: "03-10 00:00")
    #expect(result.quotient == Fraction(numerator: 2, denominator: 3))
    // O4 was cancelled before.
    #expect(result.pending == 0)
    #expect(result.excluded("cancelled-customer") == 1)
  }

  @Test func `processing time has its median and its tail beside the mean`() throws {
    let golden = try GoldenStore.make()
    let result = try figure(golden, "K01:all")
    #expect(result.n == 8)
    #expect(
      result.ranks == KPIResult.Ranks(p50: 40 * minute, p90: 1_800 * minute, p95: 1_800 * minute, max: 1_800 * minute))
    #expect(result.pending == 1)
  }

  @Test func `the backlog holds the order nobody released`() throws {
    let golden = try GoldenStore.make()
    let answer = try Analytics.answers(to: GoldenStore.request("K14", by: ["node"]), from: golden.snapshot()).answers[0]
    #expect(answer.cells.map(\.keys) == [["validated"]])
    #expect(answer.cells[0].result.numerator == 1)
  }

  @Test func `the same ten orders are eleven in UTC`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K25:orders")
    #expect(try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result.denominator == 10)
    request.zone = .utc
    #expect(try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result.denominator == 11)
  }

  @Test func `turnover of the golden stock comes out by every average`() throws {
    let golden = try GoldenStock.make()
    let wanted: [(String, Int64, Int64)] = [
      // 110 × 365 ÷ 31 over 2525/31, 2500/31 and 75.
      ("K31:twa", 40_150, 2_525), ("K31:daily-close", 40_150, 2_500), ("K31:begin-end", 40_150, 2_325),
    ]
    for (name, numerator, denominator) in wanted {
      let result = try figure(golden, name)
      #expect(result.quotient == Fraction(reducing: Int128(numerator), Int128(denominator)), "\(name)")
    }
    let bySKU = try Analytics.answers(
      to: GoldenStore.request("K31:twa", by: ["sku", "location"]), from: golden.snapshot()
    ).answers[0]
    #expect(bySKU.cells.map(\.keys) == [["A", "SH-1"]])
    #expect(bySKU.cells[0].result.quotient == Fraction(reducing: 40_150, 2_525))
  }

  private func figure(_ store: TestStore, _ name: String, asOf: String = "04-15 00:00") throws -> KPIResult {
    try Analytics.answers(to: GoldenStore.request(name, asOf: asOf), from: store.snapshot()).answers[0].cells[0].result
  }
}

/// The inventory oracle: 100 on hand on 1 March, 40 leave, 60 come, 70 leave.
enum GoldenStock {
  static func make() throws -> TestStore {
    let store = try TestStore()
    func receive(_ sku: String, _ quantity: Int64, _ instant: String) -> Command {
      .receive(
        StockReceipt(
          sku: sku, location: "SH-1", quantity: quantity, unitCostMinorUnits: 7, occurredAt: GoldenStore.at(instant)))
    }
    func ship(_ number: String, _ quantity: Int64, _ instant: String) -> [Command] {
      let at = GoldenStore.at(instant)
      let order = NewOrder(
        channel: "web", number: number, placedAt: at, currency: "CNY",
        lines: [NewLine(sku: "A", quantity: quantity, unitPriceMinorUnits: 10)], profile: .simple)
      let operation = StockOperation(order: .number(number), location: "SH-1", occurredAt: at)
      return [.place(order), .reserve(operation), .ship(operation)]
    }
    try store.submit(
      [.registerSKU(NewSKU(sku: "A", unitCostMinorUnits: 7)), .registerSKU(NewSKU(sku: "Z", unitCostMinorUnits: 7))]
        + [receive("A", 100, "02-01 00:00")] + ship("S1", 40, "03-11 12:00") + [receive("A", 60, "03-21 12:00")]
        + ship("S2", 70, "03-26 12:00"))
    return store
  }
}
