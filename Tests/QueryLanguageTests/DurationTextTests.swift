import QueryLanguage
import Testing

struct DurationTextTests {
  @Test(
    arguments: [(0, "0ms"), (187_200_000, "2d4h"), (604_800_000, "7d"), (90_061_001, "1d1h1m1s1ms")]
      as [(Int64, String)])
  func `durations are written in the largest units`(milliseconds: Int64, text: String) {
    #expect(DurationText.string(milliseconds) == text)
  }

  @Test(arguments: ["1.5h", "0.5s", "2d4h", "1w", "500MS"]) func `durations are read in any unit`(text: String) throws {
    #expect(throws: Never.self) { try Condition("age > \(text)") }
  }

  @Test(arguments: ["0.5ms", "5y", "2d4", "99999999999999999w", "9223372036854775807ms1ms"])
  func `what is no whole number of milliseconds is refused`(text: String) {
    #expect {
      try Condition("age > \(text)")
    } throws: {
      ($0 as? QueryError)?.code == .badLiteral
    }
  }
}
