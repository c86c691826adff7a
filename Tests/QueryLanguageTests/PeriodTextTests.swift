import Calendars
import QueryLanguage
import Testing

struct PeriodTextTests {
  /// As of Thursday 2025-05-15, 10:30 in a zone eight hours east.
  static let zone = TimeZoneRules(fixedOffsetSeconds: 8 * 3_600)

  static func context(weekStart: Int = 1) throws -> PeriodContext {
    PeriodContext(
      zone: zone, asOf: try RFC3339.milliseconds("2025-05-15T10:30:00+08:00"), weekStart: weekStart)
  }

  /// The period as local texts, `-` for no bound.
  static func shown(_ text: String, weekStart: Int = 1) throws -> String {
    let period = try PeriodText(text).resolve(in: context(weekStart: weekStart))
    func side(_ milliseconds: Int64) -> String {
      milliseconds == .min || milliseconds == .max
        ? "-" : String(RFC3339.string(milliseconds, in: zone).dropLast(9))
    }
    let bucket = period.bucket.map { " \($0.rawValue)" } ?? ""
    return "\(side(period.range.lowerBound)) \(side(period.range.upperBound))\(bucket)"
  }

  @Test(arguments: [
    ("2025", "2025-01-01T00:00 2026-01-01T00:00"), ("2025-Q1", "2025-01-01T00:00 2025-04-01T00:00"),
    ("2025-q4", "2025-10-01T00:00 2026-01-01T00:00"), ("2025-W07", "2025-02-10T00:00 2025-02-17T00:00"),
    ("2020-W53", "2020-12-28T00:00 2021-01-04T00:00"), ("2024-02", "2024-02-01T00:00 2024-03-01T00:00"),
    ("2025-03-15", "2025-03-15T00:00 2025-03-16T00:00"), ("2025-03-15T10:00", "2025-03-15T10:00 2025-03-15T10:01"),
    ("2025-01..2025-03", "2025-01-01T00:00 2025-04-01T00:00"), ("2024..2025-Q1", "2024-01-01T00:00 2025-04-01T00:00"),
    ("2025-01 .. 2025-01-02T12:00", "2025-01-01T00:00 2025-01-02T12:00"),
    ("2025-03..yesterday", "2025-03-01T00:00 2025-05-15T00:00"),
    ("last 30 days", "2025-04-15T00:00 2025-05-15T00:00"), ("Last 1 Month", "2025-04-01T00:00 2025-05-01T00:00"),
    ("last 2 hours", "2025-05-15T08:00 2025-05-15T10:00"),
    ("last_month", "2025-04-01T00:00 2025-05-01T00:00"), ("last month", "2025-04-01T00:00 2025-05-01T00:00"),
    ("this_quarter", "2025-04-01T00:00 2025-07-01T00:00"), ("next_week", "2025-05-19T00:00 2025-05-26T00:00"),
    ("this_year", "2025-01-01T00:00 2026-01-01T00:00"), ("last_day", "2025-05-14T00:00 2025-05-15T00:00"),
    ("today", "2025-05-15T00:00 2025-05-16T00:00"), ("yesterday", "2025-05-14T00:00 2025-05-15T00:00"),
    ("ytd", "2025-01-01T00:00 2025-05-15T10:30"), ("mtd", "2025-05-01T00:00 2025-05-15T10:30"),
    ("qtd", "2025-04-01T00:00 2025-05-15T10:30"), ("wtd", "2025-05-12T00:00 2025-05-15T10:30"),
    ("all", "- -"), ("since 2025-03", "2025-03-01T00:00 -"), ("until 2025-03", "- 2025-04-01T00:00"),
    ("until 2025-03-15T10:00", "- 2025-03-15T10:00"),
    ("since 2025-01 until 2025-03", "2025-01-01T00:00 2025-04-01T00:00"),
    ("since last_month", "2025-04-01T00:00 -"), ("until now", "- 2025-05-15T10:30"),
    ("90 days ago", "2025-02-14T00:00 2025-02-15T00:00"), ("since 1 year ago", "2024-01-01T00:00 -"),
    ("monthly in 2025", "2025-01-01T00:00 2026-01-01T00:00 month"),
    ("weekly since 2025-W10", "2025-03-03T00:00 - week"),
    ("daily last 30 days", "2025-04-15T00:00 2025-05-15T00:00 day"),
    ("yearly", "- - year"), ("quarterly in 2024..2025", "2024-01-01T00:00 2026-01-01T00:00 quarter"),
    ("hourly in today -- the rest is a comment", "2025-05-15T00:00 2025-05-16T00:00 hour"),
  ]) func `periods resolve to half-open local instants`(text: String, expected: String) throws {
    #expect(try Self.shown(text) == expected)
  }

  @Test func `weeks begin where the store says, but not those with an ISO number`() throws {
    #expect(try Self.shown("this_week", weekStart: 7) == "2025-05-11T00:00 2025-05-18T00:00")
    #expect(try Self.shown("2025-W07", weekStart: 7) == "2025-02-10T00:00 2025-02-17T00:00")
  }

  @Test(arguments: [
    ("", 0, "a date"), ("2025-13", 0, "a month 01…12"), ("2025-W60", 0, "a week W01…W52 of 2025"),
    ("2025-02-30", 0, "a day 01…28 of that month"), ("2025-Q5", 0, "a quarter Q1…Q4"),
    ("2025-01-01T25:00", 0, "a time such as 10:00"), ("2025-1", 0, "a month 01…12"),
    ("2025-03-155", 0, "a date such as 2025-03-15, 2025-03, 2025-Q1 or 2025-W07"),
    ("last 30", 7, "days (minutes, hours, weeks, months, quarters, years)"),
    ("last thirty days", 5, "days (minutes, hours, weeks, months, quarters, years)"),
    ("2025..", 6, "a date"), ("2025 until 2026", 5, "the end"), ("since", 5, "a date"), ("90 days", 7, "ago"),
    ("last 0 days", 5, "a whole number from 1 to 4000000"), ("monthly in", 10, "a date"), ("lastmonth", 0, "all"),
    ("last_fortnight", 0, "a date"), ("last 99999999999 days", 5, "a whole number from 1 to 4000000"),
  ]) func `what is wrong is refused with its place and what could stand there`(
    text: String, position: Int, expected: String
  ) {
    do throws(QueryError) {
      _ = try PeriodText(text)
      Issue.record("read \(text)")
    } catch {
      #expect(error.range.start == position)
      #expect(error.expected.contains { $0 == expected || $0 == "'\(expected)'" }, "\(error.expected)")
    }
  }

  @Test(arguments: ["2025-03..2025-01", "since 2026 until today", "now..yesterday"])
  func `a period that ends before it begins is refused`(text: String) throws {
    let period = try PeriodText(text)
    #expect {
      try period.resolve(in: Self.context())
    } throws: {
      ($0 as? QueryError)?.code == .reversedPeriod
    }
  }

  @Test func `every label of a bucket is the period text of the bucket`() throws {
    let context = try Self.context()
    var generator = SeededGenerator(state: 17)
    for bucket in [TimeBucket.minute, .day, .week, .month, .quarter, .year] {
      for weekStart in [1, 7] {
        var cutter = BucketCutter(rules: Self.zone, bucket: bucket, weekStart: weekStart)
        for _ in 0..<300 {
          let key = cutter.key(at: Int64.random(in: -9_000_000_000_000...9_000_000_000_000, using: &generator))
          let period = try PeriodText(cutter.label(of: key)).resolve(in: context)
          #expect(period.range == cutter.range(of: key))
        }
      }
    }
  }

  @Test func `far counts and far instants never crash`() throws {
    for asOf in [Int64.min, 0, .max] {
      let context = PeriodContext(zone: Self.zone, asOf: asOf)
      for text in ["last 4000000 years", "4000000 quarters ago", "next_year", "ytd", "until now", "9999..9999-W52"] {
        _ = try? PeriodText(text).resolve(in: context)
      }
    }
  }
}
