import Foundation
import Testing

/// Rates, times and money of Olist's `reference/kpi.json`, each as one command would ask for it.
@Suite(.enabled(if: ReferenceStore.isPresent, ReferenceStore.skipped))
struct OlistTests {
  let store: ReferenceStore
  static let end = "2018-10-18"

  init() throws { store = try ReferenceStore.olist() }

  @Test func `every row of the files is in the store`() throws {
    let expected = try store.row("table_rows")
    #expect(try store.info("orders") == expected.count("orders"))
    #expect(try store.info("orders") == expected.count("orders_distinct"))
    #expect(try store.info("customers") == expected.count("persons"))
    #expect(try store.info("payments") == expected.count("payments"))
    #expect(try store.info("skus") == expected.count("products"))
    #expect(try store.kpi("K25:lines").first?.count("denominator") == expected.count("items"))
    #expect(try store.orders(where: "customer is present") == expected.count("joined"))
    #expect(store.importSummary.hasPrefix("imported 99,441 orders (99,441 new, 0 updated, 0 unchanged)\n"))
  }

  static let durations: [(kpi: String, condition: String?, reference: String, time: String)] = [
    ("K02:any", nil, "approval", "time(placed -> approved)"),
    ("K06", nil, "purchase_to_carrier", "time(placed -> shipped)"),
    ("K07", nil, "delivery", "time(placed -> delivered)"),
    ("K07", "source_status = 'delivered'", "delivery_status_delivered", "time(placed -> delivered)"),
  ]

  @Test(arguments: durations)
  func `durations are equal to the second`(
    kpi: String, condition: String?, reference: String, time: String
  ) throws {
    let filter = condition.map { ["--where", $0] } ?? []
    let row = try #require(try store.kpi([kpi] + filter).first)
    let expected = try store.row("durations", reference)
    #expect(row.count("n") == expected.count("n"))
    #expect(row.count("mean_num") == expected.scaled("sum_s", by: 1_000))
    #expect(row.count("mean_den") == expected.count("n"))
    #expect(row.agrees("value", expected.number("mean_s") * 1_000))
    #expect(row.count("p50") == expected.scaled("p50_nr", by: 1_000))
    #expect(row.count("p90") == expected.scaled("p90_nr", by: 1_000))
    #expect(row.count("p95") == expected.scaled("p95_nr", by: 1_000))
    #expect(row.count("max") == expected.scaled("max_s", by: 1_000))
    #expect(row.count("negative") == expected.count("negatives"))
    // The least has no column; nothing lies below it, and something at it.
    let least = expected.count("min_s")
    let scope = condition.map { " and \($0)" } ?? ""
    #expect(try store.orders(where: "\(time) < \(literal(least))" + scope) == 0)
    #expect(try store.orders(where: "\(time) = \(literal(least))" + scope) >= 1)
  }

  private func literal(_ seconds: Int) -> String { seconds < 0 ? "-\(-seconds)s" : "\(seconds)s" }

  @Test(arguments: [
    ("ship", "time(approved -> shipped)"), ("transit", "time(shipped -> delivered)"),
    ("promise_slack", "deliver_by - delivered_at"),
  ])
  func `spans without a figure of their own have as many values, extremes and negatives`(
    reference: String, time: String
  ) throws {
    let expected = try store.row("durations", reference)
    #expect(try store.orders(where: "\(time) is present") == expected.count("n"))
    #expect(try store.orders(where: "\(time) < 0s") == expected.count("negatives"))
    #expect(try store.orders(where: "\(time) < \(literal(expected.count("min_s")))") == 0)
    #expect(try store.orders(where: "\(time) = \(literal(expected.count("min_s")))") >= 1)
    #expect(try store.orders(where: "\(time) > \(literal(expected.count("max_s")))") == 0)
    #expect(try store.orders(where: "\(time) = \(literal(expected.count("max_s")))") >= 1)
  }

  static let rates: [(kpi: String, condition: String?, table: String, reference: String)] = [
    ("K10:scor", nil, "on_time_delivery", "scor_all_ts"),
    ("K10:scor", "source_status = 'delivered'", "on_time_delivery", "scor_delivered_ts"),
    ("K10:commit", nil, "on_time_delivery", "commit_ts"),
    ("K08:approved", nil, "shipped_within_24h", "decided_from_approved"),
    ("K08:placed", nil, "shipped_within_24h", "decided_from_purchase"),
    ("K37:ever", nil, "repeat_rate", "qualifying"),
    ("K37:ever", "source_status = 'delivered'", "repeat_rate", "delivered"),
    ("K37:window-30", nil, "repeat_variants_qualifying", "window_30"),
    ("K37:window-90", nil, "repeat_variants_qualifying", "window_90"),
    ("K37:window-180", nil, "repeat_variants_qualifying", "window_180"),
    ("K37:window-365", nil, "repeat_variants_qualifying", "window_365"),
    ("K37:order-share", nil, "repeat_variants_qualifying", "repeat_order_share"),
  ]

  @Test(arguments: rates)
  func `rates are equal`(kpi: String, condition: String?, table: String, reference: String) throws {
    let filter = condition.map { ["--where", $0] } ?? []
    let row = try #require(try store.kpi([kpi, "--as-of", Self.end] + filter).first)
    let expected = try store.row(table, reference)
    #expect(row.count("numerator") == expected.count("num"))
    #expect(row.count("denominator") == expected.count("den"))
    #expect(row.agrees("value", expected.number("rate")))
  }

  @Test func `no promise is still open, and those that wait are told`() throws {
    let commit = try #require(try store.kpi("K10:commit", "--as-of", Self.end).first)
    #expect(commit.count("pending") == (try store.row("on_time_delivery", "commit_ts_pending")).count("den"))
    let window = try #require(try store.kpi("K37:window-365", "--as-of", Self.end).first)
    let ever = try #require(try store.kpi("K37:ever", "--as-of", Self.end).first)
    #expect(window.count("pending") + window.count("denominator") == ever.count("denominator"))
  }

  @Test(arguments: ["2016", "2017", "2018"])
  func `repeat rates of a year are equal`(year: String) throws {
    for (variant, reference) in [("in-period", "in_period"), ("returning", "returning"), ("prior", "prior")] {
      let expected = try store.row("repeat_variants_qualifying", "\(reference)_\(year)")
      let alone = try store.kpi("K37:\(variant)", "--period", year, "--as-of", Self.end).first
      let among = try store.kpi("K37:\(variant)", "--yearly", "--as-of", Self.end).row("year", year)
      for row in [alone, among] {
        #expect(row?.count("numerator") == expected.count("num"), "\(variant) \(year)")
        #expect(row?.count("denominator") == expected.count("den"), "\(variant) \(year)")
        #expect(row?.agrees("value", expected.number("rate")) == true, "\(variant) \(year)")
      }
    }
  }

  @Test func `the time between orders is equal`() throws {
    let row = try #require(try store.kpi("K37:interval").first)
    let expected = try store.row("inter_purchase_interval")
    #expect(row.count("n") == expected.count("n"))
    #expect(row.agrees("value", expected.number("mean_s") * 1_000))
    #expect(row.count("p50") == expected.scaled("p50_nr", by: 1_000))
    #expect(row.count("p90") == expected.scaled("p90_nr", by: 1_000))
  }

  @Test func `cancelled orders are equal, by reason and by side`() throws {
    let expected = try store.row("cancel_rate")
    let rows = try store.kpi("K25", "--by", "reason")
    for reason in ["canceled", "unavailable"] {
      #expect(rows.row("reason", reason)?.count("numerator") == expected.count(reason))
      #expect(rows.row("reason", reason)?.count("denominator") == expected.count("orders"))
    }
    for (kpi, count, rate) in [
      ("K25:orders-unknown", expected.count("canceled"), "cancel_rate"),
      ("K25:orders-seller", expected.count("unavailable"), "unavailable_rate"),
      ("K25:orders", expected.count("canceled") + expected.count("unavailable"), "either_rate"),
    ] {
      let row = try #require(try store.kpi(kpi).first)
      #expect(row.count("numerator") == count, "\(kpi)")
      #expect(row.count("denominator") == expected.count("orders"), "\(kpi)")
      #expect(row.agrees("value", expected.number(rate)), "\(kpi)")
    }
    for kpi in ["K25:orders-customer", "K25:orders-system", "K25:expired"] {
      #expect(try store.kpi(kpi).first?.count("numerator") == 0, "\(kpi): the set knows no such end")
    }
  }

  @Test func `money is equal to the cent`() throws {
    let expected = try store.row("totals_money")
    #expect(try store.kpi("K42:gmv").first?.count("numerator") == expected.scaled("item_value_all", by: 100))
    #expect(try store.kpi("K42:gross").first?.count("numerator") == expected.scaled("item_value_q", by: 100))
    let average = try #require(try store.kpi("K43:value").first)
    #expect(average.count("numerator") == expected.scaled("item_value_q", by: 100))
    #expect(average.count("denominator") == expected.count("orders_q_with_items"))
    #expect(average.agrees("value", expected.number("aov_items_q") * 100))
    #expect(average.count("p50") == expected.scaled("median_items_q", by: 100))
    let units = try #require(try store.kpi("K43:units").first)
    #expect(units.count("denominator") == expected.count("orders_q_with_items"))
    #expect(units.agrees("value", expected.number("units_per_order_q")))
    let total = try #require(try store.kpi("K42:total").first)
    let net = try #require(try store.kpi("K42:net").first)
    #expect(net.count("numerator") == expected.scaled("item_value_q", by: 100), "the set has no discounts, no credits")
    #expect(total.count("numerator") - net.count("numerator") == expected.scaled("freight_q", by: 100))
  }

  @Test func `customers' orders and values are equal`() throws {
    let all = try store.kpi("K25", "--by", "customer")
    let qualifying = try store.kpi("K37:order-share", "--by", "customer")
    let allByCount = all.histogram(of: "denominator", key: "customer")
    var qualifyingByCount = qualifying.histogram(of: "denominator", key: "customer")
    qualifyingByCount[0] = nil
    var expectedAll: [Int: Int] = [:]
    var expectedQualifying: [Int: Int] = [:]
    for row in try store.rows("orders_per_person") {
      expectedAll[row.count("n")] = row.count("persons_all")
      expectedQualifying[row.count("n")] = row.count("persons_qualifying")
    }
    #expect(allByCount == expectedAll.filter { $0.value > 0 })
    #expect(qualifyingByCount == expectedQualifying.filter { $0.value > 0 })
    let everyStatus = try store.row("repeat_rate", "all")
    #expect(allByCount.values.reduce(0, +) == everyStatus.count("den"))
    #expect(allByCount.filter { $0.key > 1 }.values.reduce(0, +) == everyStatus.count("num"))

    let isQualifying = Set(qualifying.filter { $0.count("denominator") > 0 }.map { $0.text("customer") })
    let values = try store.kpi("K42:gross", "--by", "customer").filter { isQualifying.contains($0.text("customer")) }
      .map { $0.count("numerator") }.sorted()
    let expected = try store.row("historic_clv")
    #expect(values.count == expected.count("n"))
    #expect(values.reduce(0, +) == expected.scaled("total", by: 100))
    #expect(nearestRank(50, of: values) == expected.scaled("p50_nr", by: 100))
    #expect(nearestRank(90, of: values) == expected.scaled("p90_nr", by: 100))
    #expect(nearestRank(99, of: values) == expected.scaled("p99_nr", by: 100))
    #expect(values.last == expected.scaled("mx", by: 100))
  }

  @Test func `the open backlog is equal`() throws {
    let rows = try store.kpi("K14", "--by", "source_status", "--as-of", Self.end)
    let overdue = try store.kpi(
      "K14", "--by", "source_status", "--as-of", Self.end, "--where", "deliver_by < \(Self.end)")
    for expected in try store.rows("open_backlog") {
      let status = expected.text("status")
      // Delivered without a stamp is delivered here, open in the reference.
      let isOpen = status != "delivered"
      #expect((rows.row("source_status", status)?.count("numerator") ?? 0) == (isOpen ? expected.count("n") : 0))
      #expect(
        (overdue.row("source_status", status)?.count("numerator") ?? 0) == (isOpen ? expected.count("past_due") : 0))
    }
    let nodes = try store.kpi("K14", "--by", "node", "--as-of", Self.end)
    for (node, count) in [("shipped", 1_107), ("approved", 617), ("placed", 5)] {
      #expect(nodes.row("node", node)?.count("numerator") == count, "\(node), of the set's README")
    }
    #expect(nodes.reduce(0) { $0 + $1.count("numerator") } == 1_729)
  }

  @Test func `before the import the store knew nothing`() throws {
    let row = try #require(try store.kpi("K10:commit", "--at", Self.end).first)
    #expect(row.isNull("value"))
    #expect(row.count("denominator") == 0)
  }

  @Test func `every cell of the cohorts is equal, and all others are empty`() throws {
    let rows = try store.kpi("K38:month", "--as-of", "2018-11-01")
    var expected: [String: Int] = [:]
    for row in try store.rows("cohort_retention") {
      expected["\(row.text("cohort")) \(row.count("k"))"] = row.count("persons")
    }
    var found: [String: Int] = [:]
    for row in rows where row.count("numerator") > 0 {
      let name = "\(row.text("cohort")) \(row.count("months_later"))"
      found[name] = row.count("numerator")
      #expect(row.count("denominator") == expected["\(row.text("cohort")) 0"], "\(name)")
    }
    #expect(found == expected)
  }

  @Test func `as many customers have each triple of scores`() throws {
    let rows = try store.kpi("K41:scores", "--as-of", Self.end)
    var expected: [[Int]: Int] = [:]
    for row in try store.rows("rfm") {
      expected[[row.count("rs"), row.count("fs"), row.count("ms")]] = row.count("persons")
    }
    var found: [[Int]: Int] = [:]
    for row in rows {
      found[["recency", "frequency", "money"].map { row.count($0) }] = row.count("numerator")
      #expect(row.count("denominator") == expected.values.reduce(0, +))
    }
    #expect(found == expected)
    let segments = try store.kpi("K41:segments", "--as-of", Self.end)
    #expect(segments.count == 11)
    let members = segments.filter { $0.text("segment") != "prospects" }.map { $0.count("numerator") }
    #expect(members.reduce(0, +) == expected.values.reduce(0, +))
  }

  @Test func `what customers were worth is equal`() throws {
    let row = try #require(try store.kpi("K39:revenue", "--as-of", Self.end).first { $0.isNull("months_later") })
    let expected = try store.row("historic_clv")
    #expect(row.count("numerator") == expected.scaled("total", by: 100))
    #expect(row.count("denominator") == expected.count("n"))
    #expect(row.agrees("value", expected.number("mean") * 100))
    #expect(row.count("p50") == expected.scaled("p50_nr", by: 100))
  }
}
