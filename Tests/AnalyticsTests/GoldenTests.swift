import Calendars
import Columns
import KPIs
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// The figures of the golden mini-set, computed independently, from commands through a store. Each catches a wrong
/// denominator, named in the test.
@Suite struct GoldenTests {
  @Test(arguments: ["g1.jsonl", "inventory-oracle.jsonl"])
  func `every command is accepted, and the store is sound after them`(feed: String) throws {
    let golden = try TestStore()
    let submissions = try GoldenStore.submissions(of: feed)
    try golden.submit(submissions)
    let report = try golden.verified()
    #expect(report.findings == [])
    try golden.submit(submissions)
    #expect(try golden.verified().contentHash == report.contentHash)
  }

  @Test func `the ten orders of March are eleven in UTC`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K25:orders")
    #expect(try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result.denominator == 10)
    request.zone = .utc
    #expect(try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result.denominator == 11)
  }

  @Test(
    arguments: [
      "03-02 09:30", "03-03 00:20", "03-05 18:00", "03-06 12:05", "03-07 10:00", "03-08 13:00", "03-10 10:00",
      "03-18 12:00", "03-20 12:05", "03-24 18:00", "04-01 00:00",
    ])
  func `as of an instant every figure is what the store would have said then`(asOf: String) throws {
    let (then, now) = (try all(GoldenStore.make(before: asOf), asOf), try all(GoldenStore.make(), asOf))
    #expect(!then.isEmpty && then.count == now.count)
    for (then, now) in zip(then, now) {
      #expect(now.cells.map(\.result) == then.cells.map(\.result), "\(now.definition.name)")
    }
  }

  // MARK: - Speed

  @Test func `processing takes 310 minutes on average, but 40 in the middle`() throws {
    let result = try march("K01:all")
    #expect(result.quotient == Fraction(numerator: 8 * 310 * minute, denominator: 8))
    #expect(
      result.ranks == KPIResult.Ranks(p50: 40 * minute, p90: 1_800 * minute, p95: 1_800 * minute, max: 1_800 * minute))
    // O4 is out, O7 still to come.
    #expect(result.excluded("cancelled") == 1)
    #expect(result.pending == 1)
  }

  @Test func `processing to the first leg takes 90 minutes and five eighths`() throws {
    #expect(try march("K01:first").quotient == Fraction(numerator: 725 * minute, denominator: 8))
  }

  @Test func `processing counted from the payment leaves out the minutes before it`() throws {
    // 1 + 1 + 2 + 1 + 0 + 0 + 1 + 0 minutes until paid.
    #expect(try march("K01:from-paid").quotient == Fraction(numerator: 2_474 * minute, denominator: 8))
  }

  @Test(arguments: ["K02:any", "K02:human"])
  func `the first response takes 15 minutes on average and 10 in the middle, O4's included`(name: String) throws {
    let result = try march(name)
    #expect(result.quotient == Fraction(numerator: 10 * 15 * minute, denominator: 10))
    #expect(result.ranks?.p50 == 10 * minute)
    #expect(result.ranks?.p90 == 40 * minute)
  }

  @Test func `from placing to shipping the last leg it is 1167 minutes and a half`() throws {
    let result = try march("K06")
    #expect(result.quotient == Fraction(numerator: 9_340 * minute, denominator: 8))
    #expect(result.ranks?.p50 == 840 * minute)
    #expect(result.ranks?.max == 2_820 * minute)
  }

  @Test func `from placing to delivering the last leg it is 62 hours and 12 minutes`() throws {
    let result = try march("K07")
    #expect(result.quotient == Fraction(numerator: 29_860 * minute, denominator: 8))
    #expect(result.ranks?.p50 == 3_000 * minute)
    #expect(result.ranks?.max == 5_880 * minute)
  }

  @Test func `two thirds ship within a day of payment: what never shipped is missed, O4 is out`() throws {
    let result = try march("K08:paid")
    #expect(result.quotient == Fraction(numerator: 6, denominator: 9))
    #expect(result.excluded("cancelled-customer") == 1)
    #expect(result.pending == 0)
  }

  @Test func `on the first of April one order may still ship in time`() throws {
    let result = try march("K08:paid", asOf: "04-01 00:00")
    #expect(result.quotient == Fraction(numerator: 5, denominator: 8))
    #expect(result.pending == 1)
  }

  @Test func `seven of the eight delivered came in time`() throws {
    let result = try march("K10:scor")
    #expect(result.quotient == Fraction(numerator: 7, denominator: 8))
    #expect(result.pending == 1)
  }

  @Test(arguments: ["K10:commit", "K10:commit-strict"])
  func `seven of nine commitments were kept: overdue is missed, no order was cancelled by the seller`(
    name: String
  ) throws {
    let result = try march(name)
    #expect(result.quotient == Fraction(numerator: 7, denominator: 9))
    #expect(result.pending == 0)
    #expect(result.excluded("cancelled-customer") == 1)
  }

  @Test func `an earlier as-of knows less`() throws {
    let result = try march("K10:scor", asOf: "03-10 00:00")
    #expect(result.quotient == Fraction(numerator: 2, denominator: 3))
    // O4 was cancelled before.
    #expect(result.pending == 0)
    #expect(result.excluded("cancelled-customer") == 1)
  }

  @Test func `the backlog holds the one order nobody released, of all that were ever placed`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K14", by: ["node"])
    (request.period, request.attribution) = (nil, .own)
    let answer = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    #expect(answer.cells.map(\.keys) == [["validated"]])
    #expect(answer.cells[0].result.numerator == 1)
    // Validated 03-20 20:10.
    #expect(answer.cells[0].result.ranks?.max == 25 * day + 3 * hour + 50 * minute)
  }

  @Test func `the backlog of a split order stands where its last leg does`() throws {
    let golden = try GoldenStore.make()
    // O3's A has shipped, its B waits for stock.
    let request = try GoldenStore.request("K14", by: ["node"], asOf: "03-06 00:00")
    let answer = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    #expect(answer.cells.map(\.keys) == [["reserved"], ["shipped"]])
    #expect(answer.cells.map(\.result.numerator) == [1, 1])
  }

  // MARK: - Quality

  @Test func `seven of eight orders shipped without the seller's error: a shortage is none`() throws {
    let golden = try GoldenStore.make()
    let plan = try Plan(try GoldenStore.request("K17"), snapshot: golden.snapshot()).withStories()
    // The claim window of the dictionary's set is 7 days.
    let scan = try OrderScan.whole(OrderScan([OrderAccuracy(claimWindowDays: 7)], of: plan))
    let result = try AnswerCells.answer(scan.tasks[0], of: plan).cells[0].result
    #expect(result.quotient == Fraction(numerator: 7, denominator: 8))
    #expect(result.pending == 1)
  }

  @Test func `with fourteen days to claim, the order that shipped in April is still undecided`() throws {
    #expect(try march("K17").quotient == Fraction(numerator: 6, denominator: 7))
    #expect(try march("K17").pending == 2)
    #expect(try march("K17", asOf: "04-16 00:00").quotient == Fraction(numerator: 7, denominator: 8))
  }

  @Test(
    arguments: [
      ("orders", 1), ("orders-customer", 1), ("orders-seller", 0), ("pre-fulfilment", 0), ("expired", 0),
    ] as [(String, Int64)])
  func `one order of ten was cancelled, by its customer`(variant: String, numerator: Int64) throws {
    #expect(try march("K25:\(variant)").quotient == Fraction(numerator: numerator, denominator: 10))
  }

  @Test func `two units of 24 were cancelled, one by each side`() throws {
    #expect(try march("K25:lines").quotient == Fraction(numerator: 2, denominator: 24))
    #expect(try march("K25:value").quotient == Fraction(numerator: 10_000, denominator: 2_610_000))
  }

  // MARK: - Stock

  @Test(
    arguments: [
      // 110 × 365 ÷ 31 over 2525/31, 2500/31 and 75.
      ("K31:twa", 40_150, 2_525), ("K31:daily-close", 40_150, 2_500), ("K31:begin-end", 40_150, 2_325),
    ] as [(String, Int128, Int128)])
  func `the stock turns over 15.9 to 17.3 times a year, as the average is taken`(
    name: String, numerator: Int128, denominator: Int128
  ) throws {
    let golden = try GoldenStore.makeStock()
    let result = try figure(golden, name)
    #expect(result.quotient == Fraction(reducing: numerator, denominator))
    // At a unit cost of 7.00.
    #expect(result.averageInventory == Fraction(reducing: denominator * 700, 31))
    let request = try GoldenStore.request(name, by: ["sku", "location"])
    let bySKU = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    #expect(bySKU.cells.map(\.keys) == [["A", "SH-1"]])
    #expect(bySKU.cells[0].result.quotient == result.quotient)
  }

  @Test(
    arguments: [("twa", 2_525, 110), ("daily-close", 2_500, 110), ("begin-end", 2_325, 110)]
      as [(String, Int128, Int128)])
  func `the stock lasts 21.1 to 23 days, as the average is taken`(
    variant: String, numerator: Int128, denominator: Int128
  ) throws {
    let result = try figure(try GoldenStore.makeStock(), "K32:\(variant)")
    #expect(result.quotient == Fraction(reducing: numerator, denominator))
  }

  @Test func `the unit of O6 that went back for sale takes its cost off the goods sold in March`() throws {
    let golden = try GoldenStore.make()
    let result = try figure(golden, "K32:twa")
    let (days, average) = (try #require(result.quotient), try #require(result.averageInventory))
    let cost = Fraction(
      reducing: Int128(average.numerator) * Int128(days.denominator) * 31,
      Int128(average.denominator) * Int128(days.numerator))
    let march = GoldenStore.milliseconds("03-01 00:00")..<GoldenStore.milliseconds("04-01 00:00")
    var (shipped, returned): (Int64, Int64) = (0, 0)
    for movement in try ["A", "B", "C"].flatMap({ try golden.snapshot().movements(sku: $0) })
    where march.contains(movement.occurredAt.milliseconds) {
      if movement.kind == .ship { shipped -= movement.valueChangeMinorUnits }
      if movement.kind == .quarantine { returned += movement.valueChangeMinorUnits }
    }
    #expect(returned > 0)
    #expect(cost == Fraction(numerator: shipped - returned, denominator: 1))
  }

  @Test func `an observed count, promises and what is left are told by the ledger`() throws {
    let golden = try GoldenStore.makeStock()
    func at(_ text: String) -> Instant { Instant(milliseconds: GoldenStore.milliseconds(text)) }
    try golden.submit([
      .count(StockCount(sku: "A", location: "SH-1", counted: 48, occurredAt: at("03-30 12:00"))),
      .claim(
        StockClaim(
          sku: "A", location: "SH-1", quantity: 48, owner: "basket", expiresAt: at("05-01 00:00"),
          occurredAt: at("03-31 12:00"))),
    ])
    // Two of fifty units are missing.
    #expect(try figure(golden, "K34:lines").quotient == Fraction(numerator: 0, denominator: 1))
    #expect(try figure(golden, "K34:value").quotient == Fraction(numerator: 48 * 700, denominator: 50 * 700))
    #expect(try figure(golden, "K35").numerator == 0)
    // Nothing is left for the last twelve hours of March.
    #expect(try figure(golden, "K30:time").quotient == Fraction(numerator: 12 * hour, denominator: 744 * hour))
    #expect(try figure(golden, "K30:snapshot").quotient == Fraction(numerator: 1, denominator: 1))
    #expect(try figure(golden, "K36:reserved").quotient == Fraction(numerator: 0, denominator: 48))
    #expect(try figure(golden, "K36:idle").quotient == Fraction(numerator: 0, denominator: 1))
    var request = try GoldenStore.request("K36:reserved", by: ["sku", "location"])
    request.period = nil
    let bySKU = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    // As of 04-15 the claim is two weeks old.
    #expect(bySKU.cells.map(\.keys) == [["A", "SH-1"]])
    #expect(bySKU.cells[0].result.quotient == Fraction(numerator: 48, denominator: 48))
    request.explanation = .members
    #expect(throws: AnalyticsError.noMembers(kpi: "K36:reserved")) {
      try Analytics.answers(to: request, from: golden.snapshot())
    }
  }

  // MARK: - Customers

  @Test(
    arguments: [("ever", 5, 7), ("window-30", 3, 5)] as [(String, Int64, Int64)])
  func `of all customers, five of seven came again, three of five within thirty days`(
    variant: String, numerator: Int64, denominator: Int64
  ) throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K37:\(variant)")
    request.period = nil
    let answer = try Analytics.answers(to: request, from: golden.snapshot()).answers[0]
    #expect(answer.cells[0].result.quotient == Fraction(numerator: numerator, denominator: denominator))
  }

  @Test(
    arguments: [
      ("in-period", 2, 6), ("returning", 4, 6), ("prior", 3, 6), ("lifetime", 5, 6),
    ] as [(String, Int64, Int64)])
  func `of the six customers of March, two to five are repeaters, as the word is meant`(
    variant: String, numerator: Int64, denominator: Int64
  ) throws {
    #expect(try march("K37:\(variant)").quotient == Fraction(numerator: numerator, denominator: denominator))
  }

  // MARK: - Money

  @Test(
    arguments: [
      ("gmv", 2_610_000), ("gmv-paid", 2_610_000), ("gross", 2_600_000), ("net", 2_590_000), ("net-order", 2_590_000),
      ("total", 2_590_000),
    ] as [(String, Int64)])
  func `sales of 26,100 lose what was cancelled, then what came back in March`(variant: String, amount: Int64) throws {
    let golden = try GoldenStore.make()
    let answer = try Analytics.answers(to: GoldenStore.request("K42:\(variant)"), from: golden.snapshot()).answers[0]
    #expect(answer.cells[0].result.numerator == amount)
    #expect(answer.cells[0].result.denominator == nil)
    #expect(answer.cells[0].unit == MoneyUnit(code: "CNY", scale: 2))
  }

  @Test func `an order is worth 2,888.89 on average, 100 in the middle: one of nine is of business`() throws {
    let result = try march("K43:value")
    #expect(result.quotient == Fraction(numerator: 2_600_000, denominator: 9))
    #expect(result.median == 10_000)
    #expect(result.excluded("cancelled") == 1)
  }

  @Test func `the average over all ten, cancelled included, is GMV by orders placed`() throws {
    let amount = try march("K42:gmv").numerator
    let count = try #require(try march("K25:orders").denominator)
    #expect(Fraction(numerator: amount, denominator: count) == Fraction(numerator: 2_610_000, denominator: 10))
  }

  @Test func `an order has 22 ninths of units left`() throws {
    #expect(try march("K43:units").quotient == Fraction(numerator: 22, denominator: 9))
  }

  // MARK: -

  /// Every figure over orders and customers, over all time.
  private func all(_ store: TestStore, _ asOf: String) throws -> [KPIAnswer] {
    var request = try GoldenStore.request(asOf: asOf)
    request.names = KPICatalogue.all.filter { !($0 is any LedgerKPI) }.map(\.definition.name)
    (request.period, request.attribution) = (nil, .own)
    return try Analytics.answers(to: request, from: store.snapshot()).answers
  }

  private func march(_ name: String, asOf: String = "04-15 00:00") throws -> KPIResult {
    try figure(try GoldenStore.make(), name, asOf: asOf)
  }

  private func figure(_ store: TestStore, _ name: String, asOf: String = "04-15 00:00") throws -> KPIResult {
    try Analytics.answers(to: GoldenStore.request(name, asOf: asOf), from: store.snapshot()).answers[0].cells[0].result
  }
}
