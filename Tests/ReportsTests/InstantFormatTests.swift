import Foundation
import Reports
import Testing

struct InstantFormatTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_709_164_799_999, "2024-02-28T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (253_402_300_800_000, "+10000-01-01T00:00:00.000Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"), (.max, "+292278994-08-17T07:12:55.807Z"),
      (.min, "-292275055-05-16T16:47:04.192Z"),
    ] as [(Int64, String)])
  func `an instant is written in UTC to the millisecond`(milliseconds: Int64, text: String) {
    #expect(InstantFormat.utc.text(milliseconds) == text)
  }

  @Test func `every day of four centuries is the one another calendar says`() {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    for day in stride(from: Int64(-90_000), to: 60_000, by: 1) {
      let milliseconds = day * 86_400_000 + 45_296_789
      let expected = formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
      if InstantFormat.utc.text(milliseconds) != expected {
        Issue.record("\(milliseconds): \(InstantFormat.utc.text(milliseconds)), not \(expected)")
      }
    }
  }
}
