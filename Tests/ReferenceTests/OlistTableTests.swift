import Foundation
import Testing

/// The tables of Olist's `reference/kpi.json`: every row of each, by the key it is grouped by.
@Suite(.enabled(if: ReferenceStore.isPresent, ReferenceStore.skipped))
struct OlistTableTests {
  let store: ReferenceStore

  init() throws { store = try ReferenceStore.olist() }

  @Test func `orders by the source's status word are equal`() throws {
    let rows = try store.kpi("K25", "--by", "source_status")
    let expected = try store.rows("orders_by_status")
    #expect(rows.count == expected.count)
    for expected in expected {
      let row = rows.row("source_status", expected.text("order_status"))
      #expect(row?.count("denominator") == expected.count("n"))
      #expect(abs(Double(expected.count("n")) / 99_441 - expected.number("share")) < 1e-12)
    }
  }

  @Test func `every month is equal`() throws {
    let orders = try store.kpi("K25", "--monthly")
    let cancelled = try store.kpi("K25", "--monthly", "--by", "reason")
    let persons = try store.kpi("K25", "--by", "month,customer")
    let units = try store.kpi("K25:lines", "--monthly")
    let gmv = try store.kpi("K42:gmv", "--monthly")
    let gross = try store.kpi("K42:gross", "--monthly")
    let qualifying = try store.kpi("K37:order-share", "--monthly")
    let onTime = try store.kpi("K10:scor", "--monthly", "--attribution", "created")
    let delivery = try store.kpi("K07", "--monthly", "--attribution", "created")
    let months = try store.rows("by_month")
    #expect(orders.count == months.count)
    for expected in months {
      let month = expected.text("m")
      func value(_ rows: [Answer], _ column: String) -> Int { rows.row("month", month)?.count(column) ?? 0 }
      #expect(value(orders, "denominator") == expected.count("orders"), "\(month)")
      for reason in ["canceled", "unavailable"] {
        let row = cancelled.first { $0.text("month") == month && $0.text("reason") == reason }
        #expect((row?.count("numerator") ?? 0) == expected.count(reason), "\(month) \(reason)")
      }
      #expect(persons.count { $0.text("month") == month } == expected.count("persons"), "\(month)")
      #expect(value(units, "denominator") == expected.count("units"), "\(month)")
      #expect(value(gmv, "numerator") == expected.scaled("item_value", by: 100), "\(month)")
      #expect(value(gross, "numerator") == expected.scaled("q_item_value", by: 100), "\(month)")
      #expect(value(qualifying, "denominator") == expected.count("q_orders"), "\(month)")
      #expect(value(onTime, "denominator") == expected.count("delivered"), "\(month)")
      #expect(value(onTime, "numerator") == expected.count("on_time"), "\(month)")
      #expect(value(delivery, "n") == expected.count("delivered"), "\(month)")
      if expected.has("mean_delivery_s") {
        let row = try #require(delivery.row("month", month))
        #expect(row.agrees("value", expected.number("mean_delivery_s") * 1_000), "\(month)")
        #expect(row.count("p50") == expected.scaled("p50_delivery_nr", by: 1_000), "\(month)")
      } else {
        #expect(value(delivery, "n") == 0, "\(month)")
      }
    }
  }

  @Test func `every category is equal`() throws {
    let orders = try store.kpi("K25", "--by", "category")
    let units = try store.kpi("K25:lines", "--by", "category")
    let gmv = try store.kpi("K42:gmv", "--by", "category")
    let gross = try store.kpi("K42:gross", "--by", "category")
    let categories = try store.rows("by_category")
    #expect(gmv.filter { !$0.isNull("category") }.count == categories.count)
    for expected in categories {
      let name = expected.text("category")
      #expect(orders.row("category", name)?.count("denominator") == expected.count("orders"), "\(name)")
      #expect(units.row("category", name)?.count("denominator") == expected.count("units"), "\(name)")
      #expect(gmv.row("category", name)?.count("numerator") == expected.scaled("item_value", by: 100), "\(name)")
      #expect(gross.row("category", name)?.count("numerator") == expected.scaled("q_item_value", by: 100), "\(name)")
    }
  }

  @Test func `every ship-to state is equal`() throws {
    let orders = try store.kpi("K25", "--by", "region")
    let persons = try store.kpi("K25", "--by", "region,customer")
    let gmv = try store.kpi("K42:gmv", "--by", "region")
    let onTime = try store.kpi("K10:scor", "--by", "region")
    let delivery = try store.kpi("K07", "--by", "region")
    let states = try store.rows("by_customer_state")
    #expect(orders.count == states.count)
    for expected in states {
      let state = expected.text("state")
      #expect(orders.row("region", state)?.count("denominator") == expected.count("orders"), "\(state)")
      #expect(persons.count { $0.text("region") == state } == expected.count("persons"), "\(state)")
      #expect(gmv.row("region", state)?.count("numerator") == expected.scaled("item_value", by: 100), "\(state)")
      let rate = try #require(onTime.row("region", state))
      #expect(rate.count("denominator") == expected.count("delivered"), "\(state)")
      #expect(rate.count("denominator") - rate.count("numerator") == expected.count("late"), "\(state)")
      #expect(rate.agrees("value", 1 - expected.number("late_rate")), "\(state)")
      let time = try #require(delivery.row("region", state))
      #expect(time.count("n") == expected.count("delivered"), "\(state)")
      #expect(time.agrees("value", expected.number("mean_delivery_s") * 1_000), "\(state)")
    }
    var statesOf: [String: Int] = [:]
    for row in persons { statesOf[row.text("customer"), default: 0] += 1 }
    #expect(statesOf.values.count { $0 > 1 } == (try store.row("quirks")).count("persons_in_several_states"))
  }

  @Test func `the best-selling products are equal, and none sells better`() throws {
    let orders = try store.kpi("K25", "--by", "sku")
    let units = try store.kpi("K25:lines", "--by", "sku")
    let gmv = try store.kpi("K42:gmv", "--by", "sku")
    let byUnits = try store.rows("top_products_by_units")
    for expected in byUnits {
      let product = expected.text("product_id")
      #expect(units.row("sku", product)?.count("denominator") == expected.count("units"), "\(product)")
      #expect(orders.row("sku", product)?.count("denominator") == expected.count("orders"), "\(product)")
      #expect(gmv.row("sku", product)?.count("numerator") == expected.scaled("item_value", by: 100), "\(product)")
    }
    let byValue = try store.rows("top_products_by_value")
    for expected in byValue {
      let product = expected.text("product_id")
      #expect(gmv.row("sku", product)?.count("numerator") == expected.scaled("item_value", by: 100), "\(product)")
      #expect(units.row("sku", product)?.count("denominator") == expected.count("units"), "\(product)")
    }
    let mostUnits = units.filter { !$0.isNull("sku") }.map { $0.count("denominator") }.sorted(by: >).prefix(20)
    #expect(Array(mostUnits) == byUnits.map { $0.count("units") })
    let mostValue = gmv.filter { !$0.isNull("sku") }.map { $0.count("numerator") }.sorted(by: >).prefix(20)
    #expect(Array(mostValue) == byValue.map { $0.scaled("item_value", by: 100) })
  }

  @Test func `the sizes of cohorts are equal`() throws {
    let first = try store.kpi("K37:ever", "--monthly")
    let sizes = try store.rows("cohort_retention").filter { $0.count("k") == 0 }
    #expect(first.count { $0.count("denominator") > 0 } == sizes.count)
    for expected in sizes {
      #expect(first.row("month", expected.text("cohort"))?.count("denominator") == expected.count("persons"))
    }
  }

  @Test func `days, weekdays and hours are equal`() throws {
    let days = try store.kpi("K25", "--daily")
    let busiest = try store.rows("busiest_days")
    for expected in busiest {
      #expect(days.row("day", expected.text("d"))?.count("denominator") == expected.count("n"))
    }
    #expect(
      Array(days.map { $0.count("denominator") }.sorted(by: >).prefix(10)) == busiest.map { $0.count("n") })
    let hours = try store.kpi("K25", "--by", "hour_of_day")
    let weekdays = try store.kpi("K25", "--by", "weekday")
    #expect(hours.count == 24)
    #expect(weekdays.count == 7)
    for expected in try store.rows("by_weekday_hour") {
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
}
