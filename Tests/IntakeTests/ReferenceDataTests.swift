import Foundation
import Intake
import OrderModel
import Testing

/// The two real sets, where they lie beside the package.
enum ReferenceData {
  static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  static let path: String? = ["/../shared/data", "/../../shared/data"].map { root + $0 }
    .first { FileManager.default.fileExists(atPath: $0 + "/olist/README.md") }

  static let isPresent = path != nil

  /// Without optimisation the sets take a minute, so a debug build reads them only when asked to.
  static let isAffordable: Bool = {
    #if DEBUG
    ProcessInfo.processInfo.environment["ORDERBASE_REFERENCE_TESTS"] != nil
    #else
    true
    #endif
  }()

  static func mapping(_ name: String) throws -> Mapping {
    try Mapping(contentsOf: root + "/Tools/mappings/" + name)
  }
}

@Suite(
  .enabled(if: ReferenceData.isPresent, "skipped: reference data not present"),
  .enabled(if: ReferenceData.isAffordable, "skipped: set ORDERBASE_REFERENCE_TESTS, or test a release build"))
struct ReferenceDataTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func run(_ paths: [String], _ mapping: String, into sink: MemorySink) throws -> ImportReport {
    var options = ImportOptions()
    options.rejectsDirectory = directory.path
    options.temporaryDirectory = directory.path
    return try Importer(ReferenceData.mapping(mapping), options: options).run(paths, into: sink.apply)
  }

  @Test func `Olist gives its orders, item rows and persons`() throws {
    let data = try #require(ReferenceData.path) + "/olist"
    let sink = MemorySink()
    let report = try run([data], "olist.toml", into: sink)
    let orders = sink.orders
    #expect(orders.count == 99_441)
    #expect(report.orders.created == 99_441)
    #expect(orders.reduce(0) { $0 + $1.order.lines.reduce(0) { $0 + $1.quantity } } == 112_650)
    #expect(Set(orders.compactMap { $0.order.customer?.key }).count == 96_096)
    #expect(orders.filter { $0.order.lines.isEmpty }.count == 775)
    let value = orders.reduce(0) { $0 + $1.order.lines.reduce(0) { $0 + $1.quantity * $1.unitPriceMinorUnits } }
    #expect(value == 1_359_164_370)
    #expect(orders.reduce(0) { $0 + $1.order.shippingMinorUnits } == 225_190_954)
    #expect(orders.reduce(0) { $0 + $1.payments.reduce(0) { $0 + $1.amountMinorUnits } } == 1_600_887_212)
    #expect(orders.reduce(0) { $0 + $1.payments.count } == 103_886)
    let cancelled = orders.compactMap { order in order.events.first { $0.node == .cancelled } }
    #expect(cancelled.filter { $0.side == .unknown && $0.occurredAt == nil }.count == 625)
    #expect(cancelled.filter { $0.side == .seller && $0.reason == "unavailable" }.count == 609)
    let delivered = orders.compactMap { order in order.events.first { $0.node == .delivered } }
    #expect(delivered.filter { $0.occurredAt != nil }.count == 96_476)
    #expect(delivered.filter { $0.occurredAt == nil }.count == 8)
    #expect(orders.filter { order in order.events.contains { $0.node == .paid } }.count == 99_281)
    #expect(orders.filter { $0.order.shipBy != nil }.count == 98_666)
    #expect(Set(orders.flatMap { $0.order.lines.compactMap(\.location) }).count == 3_095)
    // The first purchase, three hours west of Greenwich.
    #expect(orders.first?.order.placedAt == Instant(milliseconds: 1_473_034_519_000))
    let articles = sink.submissions.compactMap { if case .registerSKU(let sku) = $0.command { sku } else { nil } }
    #expect(articles.count == 32_951)
    #expect(articles.filter { $0.category == "unknown" }.count == 610)
    #expect(report.files.map(\.rows) == [99_441, 71, 99_441, 112_650, 103_886, 32_951])
    #expect(report.files.map(\.tally.total) == [99_441, 0, 0, 112_650, 103_886, 0])
    #expect(report.rejectedRows == 0)
    #expect(report.files.map(\.unused) == [0, 0, 0, 0, 0, 0])
  }

  @Test func `Online Retail gives its sale orders, credit notes and movements, and skips adjustments`() throws {
    let data = try #require(ReferenceData.path) + "/online-retail/online_retail.csv.gz"
    let sink = MemorySink()
    let report = try run([data], "online-retail.toml", into: sink)
    let orders = sink.orders
    #expect(report.orders.created == 19_959)
    #expect(orders.reduce(0) { $0 + $1.order.lines.count } == 530_103)
    #expect(orders.reduce(0) { $0 + $1.order.lines.reduce(0) { $0 + $1.quantity } } == 5_588_375)
    let value = orders.reduce(0) { $0 + $1.order.lines.reduce(0) { $0 + $1.quantity * $1.unitPriceMinorUnits } }
    #expect(value == 10_655_622_484)
    let identified = orders.compactMap { $0.order.customer?.key }
    #expect(identified.count == 18_532)
    #expect(Set(identified).count == 4_338)
    #expect(report.credits.created == 3_836)
    #expect(sink.credits.reduce(0) { $0 + $1.lines.count } == 9_288)
    #expect(report.movements.created == 2_515)
    #expect(sink.adjustments.filter { $0.quantity < 0 }.count == 1_336)
    #expect(report.lines == 530_103 + 9_288)
    let file = try #require(report.files.first)
    #expect(file.rows == 541_909)
    #expect(file.tally.total == 541_909)
    #expect(file.tally.created == 541_906)
    #expect(file.tally.skipped == 3)
    #expect(file.tally.rejected == 0)
    #expect(file.rejectsPath == nil)
  }

  @Test func `the same file again gives the same commands`() throws {
    let data = try #require(ReferenceData.path) + "/olist"
    let first = MemorySink()
    let second = MemorySink()
    _ = try run([data], "olist.toml", into: first)
    _ = try run([data], "olist.toml", into: second)
    #expect(first.submissions == second.submissions)
    #expect(first.positions == second.positions)
  }
}
