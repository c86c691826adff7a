import Calendars
import Foundation
import Intake
import OrderModel
import OrderStore
import Testing

@testable import Analytics

/// The golden mini-set G1 of the KPI dictionary: the orders of March 2026 in +08:00, fed as `orderbase record --from`
/// reads them, through the standard profile.
///
/// `Fixtures/g1.jsonl` holds the orders, `Fixtures/inventory-oracle.jsonl` the stock: 100 on hand on 1 March, 40 leave,
/// 60 come, 70 leave.
enum GoldenStore {
  /// `03-02 09:00` in +08:00 of 2026.
  static func milliseconds(_ text: String) -> Int64 {
    let parts = text.split { "- :".contains($0) }.map { Int64($0)! }
    let monthStarts: [Int64] = [0, 31, 59, 90, 120]
    let days = monthStarts[Int(parts[0]) - 1] + parts[1] - 1
    return 1_767_225_600_000 + days * day + (parts[2] - 8) * hour + parts[3] * minute
  }

  /// The whole set, or what had happened before an instant.
  static func make(before end: String? = nil) throws -> TestStore { try store(of: "g1.jsonl", before: end) }

  static func makeStock() throws -> TestStore { try store(of: "inventory-oracle.jsonl") }

  private static func store(of feed: String, before end: String? = nil) throws -> TestStore {
    let store = try TestStore()
    try store.submit(try submissions(of: feed, before: end))
    return store
  }

  /// What the lines of a feed ask for.
  static func submissions(of feed: String, before end: String? = nil) throws -> [Submission] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(feed)").path
    let reader = JSONLinesReader(try Transcoder(try ByteSource(path: path), encoding: .utf8))
    let decoder = CommandDecoder(currency: "CNY", scale: 2) { try? RFC3339.milliseconds($0) }
    var submissions: [Submission] = []
    while let line = try reader.next() {
      let value = try line.outcome.get()
      if let end, let at = value["at"]?.columnText, try RFC3339.milliseconds(at) >= milliseconds(end) { continue }
      submissions.append(try decoder.submission(of: value))
    }
    return submissions
  }

  /// March, by the placed instant, at the as-of of the dictionary.
  static func request(_ names: String..., by keys: [String] = [], asOf: String = "04-15 00:00") throws -> KPIRequest {
    var request = KPIRequest(
      names: names, by: keys, zone: try SystemZone.rules("Asia/Shanghai"), now: milliseconds(asOf))
    request.period = "2026-03"
    request.attribution = .created
    return request
  }
}
