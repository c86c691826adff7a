import Foundation
import Testing

/// Figures of Online Retail's `reference/kpi.json`.
@Suite(.enabled(if: ReferenceStore.isPresent, ReferenceStore.skipped))
struct OnlineRetailTests {
  let store: ReferenceStore
  static let end = "2011-12-10"

  init() throws { store = try ReferenceStore.onlineRetail() }

  @Test func `sales are equal to a tenth of a penny`() throws {
    let expected = try store.row("sale_totals")
    #expect(try store.info("lines") == expected.count("lines"))
    #expect(try store.kpi("K42:gross").first?.count("numerator") == expected.scaled("value", by: 1_000))
    #expect(try store.kpi("K42:gmv").first?.count("numerator") == expected.scaled("value", by: 1_000))
    #expect(try store.kpi("K25").first?.count("denominator") == expected.count("orders"))
    #expect(try store.kpi("K25:lines").first?.count("denominator") == expected.count("units"))
    let average = try #require(try store.kpi("K43:value").first)
    #expect(average.count("numerator") == expected.scaled("value", by: 1_000))
    #expect(average.count("denominator") == expected.count("orders"))
    #expect(average.agrees("value", expected.number("aov") * 1_000))
    #expect(average.count("p50") == expected.scaled("median_nr", by: 1_000))
    let units = try #require(try store.kpi("K43:units").first)
    #expect(units.count("denominator") == expected.count("orders"))
    #expect(units.agrees("value", expected.number("units_per_order")))
    #expect(try store.kpi("K37:order-share").first?.count("denominator") == expected.count("orders_identified"))
    #expect(try store.orders(where: "guest = false") == expected.count("orders_identified"))
    #expect(try store.kpi("K37:ever").first?.count("denominator") == expected.count("customers"))
    let identified = try store.kpi("K42:gross", "--where", "customer is present")
    #expect(identified.first?.count("numerator") == expected.scaled("value_identified", by: 1_000))
  }

  @Test func `credit notes are in, and take their value off net sales`() throws {
    let expected = try store.row("cancellation")
    #expect(try store.info("credit_notes") == expected.count("cancel_docs"))
    #expect(try store.info("orders") == expected.count("sale_orders"))
    let kind = try #require(try store.rows("by_kind").first { $0.text("kind") == "cancel" })
    let gross = try #require(try store.kpi("K42:gross").first?.count("numerator"))
    let net = try #require(try store.kpi("K42:net").first?.count("numerator"))
    #expect(net - gross == kind.scaled("value", by: 1_000))
    #expect(try store.info("credit_notes") == kind.count("documents"))
    #expect(abs(Double(gross - net) / Double(gross) - expected.number("value_rate")) < 1e-12)
    let rate = try #require(try store.kpi("K44:value-event").first)
    #expect(rate.agrees("value", expected.number("value_rate")))
    #expect(rate.count("numerator") == -kind.scaled("value", by: 1_000))
    let quirks = try store.row("quirks")
    #expect(try store.info("movements") == quirks.count("zero_price"))
    #expect(
      try store.info("orders") == quirks.count("sale_documents") - quirks.count("sale_documents_without_sale_line"))
  }

  @Test func `every month is equal, gross and net`() throws {
    let orders = try store.kpi("K25", "--monthly")
    let units = try store.kpi("K25:lines", "--monthly")
    let gross = try store.kpi("K42:gross", "--monthly")
    let net = try store.kpi("K42:net", "--monthly")
    let customers = try store.kpi("K37:in-period", "--monthly")
    let months = try store.rows("by_month")
    #expect(orders.count == months.count)
    for expected in months {
      let month = expected.text("m")
      func value(_ rows: [Answer], _ column: String) -> Int { rows.row("month", month)?.count(column) ?? -1 }
      #expect(value(orders, "denominator") == expected.count("orders"), "\(month)")
      #expect(value(units, "denominator") == expected.count("units"), "\(month)")
      #expect(value(gross, "numerator") == expected.scaled("gross", by: 1_000), "\(month)")
      #expect(value(net, "numerator") == expected.scaled("net", by: 1_000), "\(month)")
      #expect(
        value(gross, "numerator") - value(net, "numerator") == expected.scaled("cancel_value", by: 1_000), "\(month)")
      #expect(value(customers, "denominator") == expected.count("customers"), "\(month)")
    }
  }

  @Test func `repeat rates are equal`() throws {
    for expected in try store.rows("repeat_rate") {
      let name = expected.text("k")
      let arguments =
        switch name {
        case "in_period_2011": ["K37:in-period", "--period", "2011"]
        case "repeat_order_share": ["K37:order-share"]
        default: ["K37:" + name.replacingOccurrences(of: "_", with: "-")]
        }
      let row = try #require(try store.kpi(arguments + ["--as-of", Self.end]).first)
      #expect(row.count("numerator") == expected.count("num"), "\(name)")
      #expect(row.count("denominator") == expected.count("den"), "\(name)")
      #expect(row.agrees("value", expected.number("rate")), "\(name)")
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

  @Test func `customers' orders and values are equal, before and after credit notes`() throws {
    let orders = try store.kpi("K25", "--by", "customer")
    var expectedCounts: [Int: Int] = [:]
    for row in try store.rows("orders_per_customer") { expectedCounts[row.count("n")] = row.count("customers") }
    var counts = orders.histogram(of: "denominator", key: "customer")
    counts[0] = nil
    #expect(counts == expectedCounts)
    let buyers = Set(
      orders.filter { $0.count("denominator") > 0 && !$0.isNull("customer") }.map { $0.text("customer") })
    for (kpi, name) in [("K42:gross", "gross"), ("K42:net", "net")] {
      let values = try store.kpi(kpi, "--by", "customer").filter { buyers.contains($0.text("customer")) }
        .map { $0.count("numerator") }.sorted()
      let expected = try store.row("historic_clv", name)
      #expect(values.count == expected.count("n"), "\(name)")
      #expect(values.reduce(0, +) == expected.scaled("total", by: 1_000), "\(name)")
      #expect(nearestRank(50, of: values) == expected.scaled("p50_nr", by: 1_000), "\(name)")
      #expect(nearestRank(90, of: values) == expected.scaled("p90_nr", by: 1_000), "\(name)")
      #expect(nearestRank(99, of: values) == expected.scaled("p99_nr", by: 1_000), "\(name)")
      #expect(values.last == expected.scaled("mx", by: 1_000), "\(name)")
    }
    let gross = try store.kpi("K42:gross", "--by", "customer")
    let largest = try store.rows("top_customers")
    for expected in largest {
      let name = expected.text("cust")
      #expect(orders.row("customer", name)?.count("denominator") == expected.count("orders"), "\(name)")
      #expect(gross.row("customer", name)?.count("numerator") == expected.scaled("value", by: 1_000), "\(name)")
    }
    let values = gross.filter { !$0.isNull("customer") }.map { $0.count("numerator") }.sorted(by: >).prefix(15)
    #expect(Array(values) == largest.map { $0.scaled("value", by: 1_000) })
  }

  @Test func `every country is equal`() throws {
    let orders = try store.kpi("K25", "--by", "region")
    let units = try store.kpi("K25:lines", "--by", "region")
    let gross = try store.kpi("K42:gross", "--by", "region")
    let customers = try store.kpi("K37:in-period", "--by", "region")
    let countries = try store.rows("by_country")
    #expect(orders.count == countries.count)
    for expected in countries {
      let name = expected.text("Country")
      #expect(orders.row("region", name)?.count("denominator") == expected.count("orders"), "\(name)")
      #expect(units.row("region", name)?.count("denominator") == expected.count("units"), "\(name)")
      #expect(gross.row("region", name)?.count("numerator") == expected.scaled("value", by: 1_000), "\(name)")
      #expect((customers.row("region", name)?.count("denominator") ?? 0) == expected.count("customers"), "\(name)")
    }
  }

  @Test func `the best-selling codes are equal, and none sells better`() throws {
    let orders = try store.kpi("K25", "--by", "sku")
    let units = try store.kpi("K25:lines", "--by", "sku")
    let gross = try store.kpi("K42:gross", "--by", "sku")
    let byUnits = try store.rows("top_codes_by_units")
    let byValue = try store.rows("top_codes_by_value")
    for expected in byUnits + byValue {
      let code = expected.text("StockCode")
      #expect(units.row("sku", code)?.count("denominator") == expected.count("units"), "\(code)")
      #expect(gross.row("sku", code)?.count("numerator") == expected.scaled("value", by: 1_000), "\(code)")
      if expected.has("orders") {
        #expect(orders.row("sku", code)?.count("denominator") == expected.count("orders"), "\(code)")
      }
    }
    let mostUnits = units.map { $0.count("denominator") }.sorted(by: >).prefix(25)
    #expect(Array(mostUnits) == byUnits.map { $0.count("units") })
    let mostValue = gross.map { $0.count("numerator") }.sorted(by: >).prefix(25)
    #expect(Array(mostValue) == byValue.map { $0.scaled("value", by: 1_000) })
  }

  @Test func `the sizes of cohorts are equal`() throws {
    let first = try store.kpi("K37:ever", "--monthly")
    let sizes = try store.rows("cohort_retention").filter { $0.count("k") == 0 }
    #expect(first.count { $0.count("denominator") > 0 } == sizes.count)
    for expected in sizes {
      #expect(first.row("month", expected.text("cohort"))?.count("denominator") == expected.count("customers"))
    }
  }

  @Test func `days, weekdays and hours are equal`() throws {
    let days = try store.kpi("K25", "--daily")
    let values = try store.kpi("K42:gross", "--daily")
    let busiest = try store.rows("busiest_days")
    for expected in busiest {
      let day = expected.text("d")
      #expect(days.row("day", day)?.count("denominator") == expected.count("n"), "\(day)")
      #expect(values.row("day", day)?.count("numerator") == expected.scaled("value", by: 1_000), "\(day)")
    }
    #expect(
      Array(days.map { $0.count("denominator") }.sorted(by: >).prefix(10)) == busiest.map { $0.count("n") })
    let hours = try store.kpi("K25", "--by", "hour_of_day")
    let weekdays = try store.kpi("K25", "--by", "weekday")
    let expected = try store.rows("by_weekday_hour")
    #expect(hours.count + weekdays.count == expected.count)
    for expected in expected {
      let number = expected.count("v")
      if expected.text("k") == "hour" {
        let name = number < 10 ? "0\(number)" : "\(number)"
        #expect(hours.row("hour_of_day", name)?.count("denominator") == expected.count("n"), "hour \(name)")
      } else {
        let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][number - 1]
        #expect(weekdays.row("weekday", name)?.count("denominator") == expected.count("n"), "\(name)")
      }
    }
  }

  @Test func `the weekly demand of one code is equal`() throws {
    let rows = try store.kpi("K25:lines", "--by", "sku,day").filter { $0.text("sku") == "85123A" }
    let day: TimeInterval = 86_400
    let style = Date.ISO8601FormatStyle().year().month().day()
    for expected in try store.rows("weekly_demand_85123A") {
      let monday = try style.parse(String(expected.text("wk").prefix(10)))
      let units = (0..<7).reduce(0) { sum, offset in
        let name = style.format(monday.addingTimeInterval(day * Double(offset)))
        return sum + (rows.row("day", name)?.count("denominator") ?? 0)
      }
      #expect(units == expected.count("units"), "week of \(expected.text("wk"))")
    }
  }

  @Test func `the forecasts of that code and their backtests are equal`() throws {
    let expected = try store.rows("forecast_backtest_85123A")
    for (name, kpi) in [("ma4", "K50:ma-4"), ("naive", "K50:snaive-1"), ("ses", "K50:ses-30")] {
      let rows = try store.kpi(kpi, "--by", "sku", "--period", "weekly in 2010-12-06..2011-12-04")
        .filter { $0.text("sku") == "85123A" }
      let row = try #require(expected.first { $0.text("k") == name })
      #expect(rows.row("measure", "tested")?.count("numerator") == row.count("n"), "\(name)")
      for (measure, column) in [("mae", "mae"), ("wape", "wape"), ("bias", "bias"), ("forecast", "next")] {
        #expect(rows.row("measure", measure)?.agrees("value", row.number(column)) == true, "\(measure) of \(name)")
      }
      #expect(rows.first?.text("week") == "2011-W49")
    }
    let smoothed = try #require(try store.rows("weekly_demand_85123A").last)
    let next = try #require(expected.first { $0.text("k") == "ses" })
    #expect(smoothed.number("ses") == next.number("next"))
  }

  @Test func `every cell of the cohorts is equal, and all others are empty`() throws {
    let rows = try store.kpi("K38:month", "--as-of", "2012-01-01")
    var expected: [String: Int] = [:]
    for row in try store.rows("cohort_retention") {
      expected["\(row.text("cohort")) \(row.count("k"))"] = row.count("customers")
    }
    var found: [String: Int] = [:]
    for row in rows where row.count("numerator") > 0 {
      let name = "\(row.text("cohort")) \(row.count("months_later"))"
      found[name] = row.count("numerator")
      #expect(row.count("denominator") == expected["\(row.text("cohort")) 0"], "\(name)")
    }
    #expect(found == expected)
  }

  @Test func `as many customers have each pair of recency and frequency`() throws {
    // Money is net of credit notes here, sales alone there.
    var expected: [[Int]: Int] = [:]
    for row in try store.rows("rfm") {
      expected[[row.count("rs"), row.count("fs")], default: 0] += row.count("customers")
    }
    var found: [[Int]: Int] = [:]
    for row in try store.kpi("K41:scores", "--as-of", Self.end) {
      found[["recency", "frequency"].map { row.count($0) }, default: 0] += row.count("numerator")
    }
    #expect(found == expected)
  }

  @Test func `what customers were worth, less credit notes, is equal`() throws {
    let row = try #require(try store.kpi("K39:revenue").first { $0.isNull("months_later") })
    let expected = try store.row("historic_clv", "net")
    #expect(row.count("numerator") == expected.scaled("total", by: 1_000))
    #expect(row.count("denominator") == expected.count("n"))
    #expect(row.agrees("value", expected.number("mean") * 1_000))
    #expect(row.count("p50") == expected.scaled("p50_nr", by: 1_000))
  }
}
