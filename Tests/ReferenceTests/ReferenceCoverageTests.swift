import Testing

/// Which figures of the reference are compared, and why the others are not: every column stands in one of the lists.
@Suite(.enabled(if: ReferenceStore.isPresent, ReferenceStore.skipped))
struct ReferenceCoverageTests {
  /// Columns the tests of this target compare, or find rows by; `*` stands for all that ``olistGaps`` does not name.
  static let olistGaps: [String: String] = [
    "table_rows.sellers": "sellers are locations of lines and are not counted",
    "table_rows.customers": "aliases of persons, one an order; not kept",
    "table_rows.translations": "a table of words, not kept",
    "durations.p50_lin": "quantiles are nearest rank", "durations.p90_lin": "quantiles are nearest rank",
    "durations.p95_lin": "quantiles are nearest rank",
    "inter_purchase_interval.zero": "a duration figure has no count of zeros",
    "inter_purchase_interval.within_day": "a duration figure has no count below a limit",
    "by_month.freight": "shipping of cancelled orders is in no figure",
    "by_month.paid": "no figure sums payments",
    "totals_money.freight_all": "shipping of cancelled orders is in no figure",
    "totals_money.paid_all": "no figure sums payments", "totals_money.paid_q": "no figure sums payments",
    "totals_money.aov_paid_q": "no figure sums payments",
    "by_category.freight": "shipping belongs to no line", "by_customer_state.freight": "as by_month.freight",
    "open_backlog.age_p50": "ages here count from the furthest node, there from the purchase",
    "open_backlog.age_p90": "as age_p50",
    "by_seller_state": "a line's location is no key", "top_sellers": "a line's location is no key",
    "payment_mix": "no figure of payments", "installments": "instalments are not kept",
    "duplicate_candidates": "duplicates are no key figure", "merge_candidates": "merging is no key figure",
    "quirks.orders_without_payment": "a payment of zero and none look alike in conditions",
    "quirks.orders_with_several_payments": "conditions know no count of payments",
    "quirks.due_not_midnight": "conditions know no time of day",
    "quirks.orders_with_several_sellers": "conditions know no count of a line's locations",
    "quirks.payment_rows_zero_value": "payments are no rows of conditions",
    "quirks.payment_rows_not_defined": "payments are no rows of conditions",
    "quirks.payment_rows_zero_installments": "instalments are not kept",
    "quirks.item_rows_zero_freight": "shipping belongs to no line",
    "quirks.products_without_category": "the category 'unknown' is compared in by_category",
    "quirks.categories_without_translation": "the words are compared in by_category",
    "quirks.persons_with_several_zips": "zip codes are not kept",
    "quirks.item_rows_without_product": "the import rejects such rows; there is none",
    "quirks.item_rows_without_seller": "sellers are not kept",
  ]
  static let olistTables: Set<String> = [
    "table_rows", "orders_by_status", "time_range", "durations", "on_time_delivery", "shipped_within_24h",
    "on_time_shipment", "cancel_rate", "repeat_rate", "repeat_variants_qualifying", "orders_per_person",
    "inter_purchase_interval", "by_month", "totals_money", "by_category", "by_customer_state", "top_products_by_units",
    "top_products_by_value", "cohort_retention", "rfm", "historic_clv", "open_backlog", "units_per_order",
    "busiest_days",
    "by_weekday_hour", "quirks",
  ]
  /// Rows of compared tables that are left out.
  static let olistRows: [String: String] = [
    "on_time_delivery scor_all_day, scor_delivered_day": "promises are kept by the instant, not by the day",
    "on_time_shipment first_limit": "an order has one ship-by, the latest",
    "open_backlog delivered": "delivered without a stamp is delivered here",
    "units_per_order sellers": "as quirks.orders_with_several_sellers",
  ]

  static let onlineRetailGaps: [String: String] = [
    "table_rows": "sums over rows that are neither sales nor credit notes",
    "by_kind.n_rows": "rows of credit notes are not counted by info",
    "by_kind.quantity": "no figure counts credited units alone",
    "sale_totals.lines_identified": "no figure counts lines",
    "by_month.lines": "no figure counts lines",
    "by_month.cancel_docs": "credit notes that name no order: there is nothing delivered to set them against",
    "by_month.cancel_units": "credit notes that name no order: there is nothing delivered to set them against",
    "cancellation.document_rate": "credit notes that name no order: there is nothing delivered to set them against",
    "cancellation.unit_rate": "credit notes that name no order: there is nothing delivered to set them against",
    "cancellation.goods_unit_rate": "credit notes that name no order: there is nothing delivered to set them against",
    "cancellation.cancel_lines": "credit notes that name no order: there is nothing delivered to set them against",
    "cancellation.cancel_lines_identified":
      "credit notes that name no order: there is nothing delivered to set them against",
    "cancellation.matched_lines": "credit notes are not matched to sales",
    "inter_purchase_interval.zero": "a duration figure has no count of zeros",
    "rfm.ms": "money is net of credit notes here, sales alone there",
    "top_codes_by_units.cancelled_units":
      "credit notes that name no order: there is nothing delivered to set them against",
    "not_goods": "sums over rows that are neither sales nor credit notes",
    "weekly_demand_85123A.ses": "only the last, which is the next week's forecast",
  ]
  static let onlineRetailTables: Set<String> = [
    "by_kind", "sale_totals", "by_month", "cancellation", "repeat_rate", "orders_per_customer",
    "inter_purchase_interval", "cohort_retention", "rfm", "historic_clv", "by_country", "top_codes_by_units",
    "top_codes_by_value", "top_customers", "busiest_days", "by_weekday_hour", "weekly_demand_85123A",
    "forecast_backtest_85123A", "quirks",
  ]
  /// Of the quirks, those about documents that became orders or movements are compared.
  static let onlineRetailQuirks: Set<String> = [
    "zero_price", "sale_documents", "sale_documents_without_sale_line",
  ]

  @Test func `each table and column of Olist is compared, or said not to be`() throws {
    let columns = try ReferenceStore.olist().columns
    check(columns, compared: Self.olistTables, gaps: Self.olistGaps)
  }

  @Test func `each table and column of Online Retail is compared, or said not to be`() throws {
    var columns = try ReferenceStore.onlineRetail().columns
    columns["quirks"]?.removeAll { !Self.onlineRetailQuirks.contains($0) }
    check(columns, compared: Self.onlineRetailTables, gaps: Self.onlineRetailGaps)
  }

  private func check(_ columns: [String: [String]], compared: Set<String>, gaps: [String: String]) {
    for table in columns.keys.sorted() where !compared.contains(table) {
      #expect(gaps[table] != nil, "\(table) is neither compared nor said not to be")
    }
    for table in compared.sorted() {
      #expect(columns[table] != nil, "the reference has no table \(table)")
      #expect(gaps[table] == nil, "\(table) is compared, yet said not to be")
    }
    for gap in gaps.keys.sorted() {
      let parts = gap.split(separator: ".", maxSplits: 1).map(String.init)
      #expect(columns[parts[0]] != nil, "\(gap): no such table")
      if parts.count == 2 { #expect(columns[parts[0]]?.contains(parts[1]) == true, "\(gap): no such column") }
    }
  }
}
