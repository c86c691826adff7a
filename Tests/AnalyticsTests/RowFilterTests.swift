import Columns
import KPIs
import OrderModel
import QueryLanguage
import Testing

@testable import Analytics

@Suite struct RowFilterTests {
  @Test(
    arguments: [
      ("channel = 'b2b'", ["O5"]), ("channel != 'web'", ["O5"]), ("channel in ('b2b', 'pos')", ["O5"]),
      ("channel = 'nobody'", []), ("channel contains '2'", ["O5"]), ("customer = 'c2'", ["O2", "O6"]),
      ("customer is missing", ["O8"]), ("guest = true", ["O8"]), ("customer ends with '3'", ["O4"]),
      ("number = 'O7'", ["O7"]), ("order_no starts with 'O1'", ["O1", "O10", "O15"]),
      ("side = 'customer'", ["O4"]), ("reason = 'mind'", ["O4"]), ("node = 'cancelled'", ["O4"]),
      ("status = validated", ["O7"]), ("reached cancelled", ["O4"]), ("not reached shipped", ["O4", "O7"]),
      ("reached shipped within 9h of placed", ["O1", "O15", "O8"]),
      ("time(placed -> delivered) > 96h", ["O3"]), ("time(shipped -> delivered) is missing", ["O4", "O7"]),
      ("units = 4", ["O3"]), ("units >= 3 and units < 10", ["O3"]), ("units > 3.5", ["O3", "O5"]), ("units = 3.5", []),
      ("cancelled_units between 1 and 1", ["O3", "O4"]),
      ("total > 201", ["O3", "O5"]), ("total > 250.5 CNY", ["O5"]), ("total = 250.00 CNY", ["O3"]),
      ("total > 1 EUR", []), ("total / units > 2000", ["O5"]), ("total - line_value != 0 CNY", []),
      ("placed_at = 2026-03-02", ["O1", "O2"]), ("placed_at < 2026-03-05", ["O1", "O2"]),
      ("placed_at >= 2026-03-20 and placed_at <= 2026-03-25", ["O7", "O8"]),
      ("cancelled_at is present", ["O4"]), ("delivered_at > deliver_by", ["O2"]),
      ("deliver_by - placed_at < 72h", ["O2"]), ("2026-03-31 <= placed_at", ["O10"]),
      ("stuck in validated for 1d", ["O7"]), ("stuck in validated for 60d", []),
      ("not (channel = 'web' or channel = 'pos')", ["O5"]), ("lines = 2 or errors > 0", ["O3", "O6"]),
    ] as [(String, [String])])
  func `a condition keeps the orders it says`(condition: String, numbers: [String]) throws {
    #expect(try orders(where: [condition]) == numbers)
  }

  @Test func `several conditions must all hold`() throws {
    #expect(try orders(where: ["customer = 'c1'", "lines = 1"]) == ["O1"])
  }

  @Test func `what happens after as-of has not happened`() throws {
    #expect(try orders(where: ["delivered_at is present"], asOf: "03-05 00:00") == ["O1"])
    #expect(try orders(where: ["node = delivered"], asOf: "03-05 00:00") == ["O1"])
  }

  @Test func `a filter leaves customers' other orders out of their sequences`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K37:lifetime")
    request.conditions = ["units > 1"]
    let result = try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result
    // Of c1, c2 and c4, who ordered several units in March, c1 did so twice.
    #expect(result.quotient == Fraction(numerator: 1, denominator: 3))
  }

  @Test func `a credit note is kept with its order`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K42:net")
    request.conditions = ["customer = 'c2'"]
    #expect(try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result.numerator == 15_000)
    request.conditions = ["customer != 'c2'"]
    #expect(
      try Analytics.answers(to: request, from: golden.snapshot()).answers[0].cells[0].result.numerator == 2_575_000)
  }

  @Test func `a mistyped field is refused with the name that was meant`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K10:scor")
    request.conditions = ["units > 1", "chanel = 'web'"]
    let error = #expect(throws: AnalyticsError.self) { try Analytics.answers(to: request, from: golden.snapshot()) }
    guard case .query(let query, let source)? = error else {
      Issue.record("not a query error: \(String(describing: error))")
      return
    }
    #expect(query.code == .unknownField)
    #expect(query.suggestion == "channel")
    #expect(source == "chanel = 'web'")
  }

  @Test func `turnover takes no condition on orders`() throws {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K31:twa")
    request.conditions = ["units > 1"]
    #expect(throws: AnalyticsError.conditionDoesNotFit(kpi: "K31:twa")) {
      try Analytics.answers(to: request, from: golden.snapshot())
    }
  }

  /// The numbers of March's orders that are kept, in the order of text.
  private func orders(where conditions: [String], asOf: String = "04-15 00:00") throws -> [String] {
    let golden = try GoldenStore.make()
    var request = try GoldenStore.request("K25:orders", asOf: asOf)
    request.conditions = conditions
    request.explanation = .members
    let table = try Analytics.answer(request, from: golden.snapshot())
    let column = try #require(table.index(ofColumn: "number"))
    return (0..<table.rowCount).compactMap { row in
      if case .text(let number) = table[row, column] { number } else { nil }
    }.sorted()
  }
}
