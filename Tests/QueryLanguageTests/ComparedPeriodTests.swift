import Calendars
import Testing

@testable import QueryLanguage

struct ComparedPeriodTests {
  private func range(
    _ compared: String, of period: String, weekStart: Int = 1, asOf: Int64 = 1_774_000_000_000
  ) throws -> Range<Int64>? {
    let context = PeriodContext(zone: TimeZoneRules(fixedOffsetSeconds: 28_800), asOf: asOf, weekStart: weekStart)
    return try ComparedPeriod(compared).range(of: PeriodText(period).resolve(in: context).range, in: context)
  }

  @Test(
    arguments: [
      ("2026-03", "2026-02"), ("2026-01", "2025-12"), ("2026", "2025"), ("2026-Q1", "2025-Q4"),
      ("2026-01..2026-02", "2025-11..2025-12"), ("2026-01..2026-06", "2025-Q3..2025-Q4"),
      ("2026-W10", "2026-W09"), ("2026-03-01", "2026-02-28"), ("2026-03-03..2026-03-07", "2026-02-26..2026-03-02"),
      ("2024-03-01", "2024-02-29"),
    ])
  func `the previous period has as many years, quarters, months, weeks or days`(period: String, expected: String) throws
  {
    #expect(try range("previous", of: period) == range(expected, of: period))
  }

  @Test func `another stretch of time is preceded by one of its length`() throws {
    #expect(
      try range("previous", of: "since 2026-03-05T10:00 until 2026-03-06T12:00")
        == range("since 2026-03-04T08:00 until 2026-03-05T10:00", of: "2026"))
  }

  @Test(
    arguments: [
      ("2026-03", "2025-03"), ("2024-02", "2023-02"), ("2024-02-29", "2023-02-28"), ("2026-Q4", "2025-Q4"),
      ("2026-03-05T10:00..2026-03-06T12:00", "2025-03-05T10:00..2025-03-06T12:00"),
    ])
  func `a year ago the calendar says the same`(period: String, expected: String) throws {
    #expect(try range("year_ago", of: period) == range(expected, of: period))
    #expect(try range("YEAR-AGO", of: period) == range(expected, of: period))
  }

  @Test func `a period without both ends has no other beside it, but one written down`() throws {
    for period in ["all", "since 2026", "until 2026"] {
      #expect(try range("previous", of: period) == nil)
      #expect(try range("year_ago", of: period) == nil)
      #expect(try range("2025", of: period) != nil)
    }
    #expect(throws: QueryError.self) { try range("last yaer", of: "2026") }
  }

  @Test func `weeks begin where the store lets them`() throws {
    // A week of Sundays.
    #expect(
      try range("previous", of: "2026-03-01..2026-03-07", weekStart: 7) == range("2026-02-22..2026-02-28", of: "2026"))
  }
}
