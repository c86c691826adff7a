import Calendars
import QueryLanguage
import Testing

struct InstantTextTests {
  @Test(arguments: [
    ("2018-10-18", "2018-10-17T16:00:00Z"), ("2018-10", "2018-09-30T16:00:00Z"), ("2018", "2017-12-31T16:00:00Z"),
    ("2018-10-18T09:30", "2018-10-18T01:30:00Z"), ("2018-10-18T09:30:15.250", "2018-10-18T01:30:15.250Z"),
    ("2018-10-18T09:30:00Z", "2018-10-18T09:30:00Z"), ("2018-10-18t09:30:00.001-03:30", "2018-10-18T13:00:00.001Z"),
    ("now", "2025-05-15T02:30:00Z"), ("yesterday", "2025-05-13T16:00:00Z"), ("2 hours ago", "2025-05-15T00:00:00Z"),
  ]) func `a date means its first instant in the zone`(text: String, expected: String) throws {
    #expect(RFC3339.string(try InstantText(text).resolve(in: PeriodTextTests.context())) == expected)
  }

  @Test func `a midnight the clocks left out is the instant of the change`() throws {
    let text = try InstantText("2017-10-15")
    let paulo = try SystemZone.rules("America/Sao_Paulo")
    #expect(RFC3339.string(text.resolve(in: PeriodContext(zone: paulo, asOf: 0))) == "2017-10-15T03:00:00Z")
  }

  @Test(arguments: [
    "2018-10-18 09:30", "2018..2019", "since 2018", "last 3 days", "18.10.2018", "2018-10-18T09:30:00+8", "'x",
  ])
  func `what is no instant is refused`(text: String) {
    #expect(throws: QueryError.self) { try InstantText(text) }
  }
}
