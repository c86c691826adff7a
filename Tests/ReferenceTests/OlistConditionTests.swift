import Foundation
import Testing

/// Counts of Olist's `reference/kpi.json` that no key figure has, but a condition over orders finds.
@Suite(.enabled(if: ReferenceStore.isPresent, ReferenceStore.skipped))
struct OlistConditionTests {
  let store: ReferenceStore

  init() throws { store = try ReferenceStore.olist() }

  static let quirks: [(name: String, condition: String)] = [
    ("orders_without_items", "units = 0"),
    ("of_which_unavailable", "units = 0 and source_status = 'unavailable'"),
    ("of_which_canceled", "units = 0 and source_status = 'canceled'"),
    ("delivered_without_delivered_ts", "source_status = 'delivered' and delivered_at is missing"),
    ("delivered_without_approved_ts", "source_status = 'delivered' and approved_at is missing"),
    ("delivered_without_carrier_ts", "source_status = 'delivered' and shipped_at is missing"),
    ("canceled_with_delivered_ts", "source_status = 'canceled' and delivered_at is present"),
    ("canceled_with_carrier_ts", "source_status = 'canceled' and shipped_at is present"),
    ("canceled_without_approved_ts", "source_status = 'canceled' and not approved_at is present"),
    ("other_status_with_delivered_ts", "source_status not in ('delivered', 'canceled') and delivered_at is present"),
    ("approved_before_purchase", "approved_at < placed_at"),
    ("approved_equals_purchase", "approved_at = placed_at"),
    ("carrier_before_approved", "shipped_at < approved_at"),
    ("carrier_before_purchase", "time(placed -> shipped) < 0s"),
    ("delivered_before_carrier", "delivered_at < shipped_at"),
    ("delivered_before_approved", "delivered_at < approved_at"),
    ("delivered_before_purchase", "delivered_at < placed_at"),
    ("due_before_purchase", "deliver_by < placed_at"),
    ("ship_by_before_purchase", "ship_by < placed_at"),
    ("ship_by_after_due", "ship_by > deliver_by"),
    ("ship_by_year_2019_or_later", "ship_by >= 2019"),
    (
      "paid_differs_from_items_plus_freight",
      "units > 0 and paid_amount != line_value + shipping and number != 'bfbd0f9bdef84302105ad712db648a6c'"
    ),
    (
      "paid_differs_by_more_than_1",
      "units > 0 and (paid_amount - total > 1 BRL or total - paid_amount > 1 BRL) "
        + "and number != 'bfbd0f9bdef84302105ad712db648a6c'"
    ),
  ]

  @Test(arguments: quirks)
  func `quirks of the data are counted alike`(name: String, condition: String) throws {
    #expect(try store.orders(where: condition) == (try store.row("quirks")).count(name))
  }

  static let fractions: [(table: String, name: String, numerator: String, denominator: String)] = [
    (
      "shipped_within_24h", "shipped_only_from_approved", "reached shipped within 24h of approved",
      "approved_at is present and shipped_at is present"
    ),
    (
      "shipped_within_24h", "shipped_only_from_purchase", "time(placed -> shipped) <= 24h", "shipped_at is present"
    ),
    ("on_time_shipment", "shipped_only", "shipped_at <= ship_by", "ship_by is present and shipped_at is present"),
    (
      "on_time_shipment", "decided", "shipped_at <= ship_by and source_status != 'canceled'",
      "ship_by is present and source_status != 'canceled' and (shipped_at is present or ship_by < 2018-10-18)"
    ),
  ]

  @Test(arguments: fractions)
  func `rates without a variant of their own are two counts`(
    table: String, name: String, numerator: String, denominator: String
  ) throws {
    let expected = try store.row(table, name)
    #expect(try store.orders(where: numerator) == expected.count("num"))
    #expect(try store.orders(where: denominator) == expected.count("den"))
  }

  @Test func `orders by units are equal`() throws {
    for expected in try store.rows("units_per_order") where expected.text("k") == "units" {
      let units = expected.count("v")
      #expect(try store.orders(where: "units = \(units)") == expected.count("orders"), "\(units)")
    }
    #expect(try store.orders(where: "units > 21") == 0)
  }

  static let stamps: [(field: String, column: String, count: String)] = [
    ("placed_at", "purchase", "n_p"), ("approved_at", "approved", "n_a"), ("paid_at", "approved", "n_a"),
    ("shipped_at", "carrier", "n_c"), ("delivered_at", "delivered", "n_d"), ("deliver_by", "due", "n_due"),
  ]

  @Test(arguments: stamps)
  func `each stamp has its count, its first and its last instant`(field: String, column: String, count: String) throws {
    let expected = try store.row("time_range")
    let first = expected.text("\(column)_min").replacingOccurrences(of: " ", with: "T")
    let last = expected.text("\(column)_max").replacingOccurrences(of: " ", with: "T")
    #expect(try store.orders(where: "\(field) is present") == expected.count(count))
    #expect(try store.orders(where: "\(field) < \(first)") == 0)
    #expect(try store.orders(where: "\(field) <= \(first)") >= 1)
    #expect(try store.orders(where: "\(field) > \(last)") == 0)
    #expect(try store.orders(where: "\(field) >= \(last)") >= 1)
  }
}
