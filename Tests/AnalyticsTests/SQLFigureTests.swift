import Calendars
import Foundation
import KPIs
import OrderModel
import OrderStore
import Testing
import Workload

@testable import Analytics

/// Figures told as SQL, run by databases over the hand-over tables, against those of the tool.
@Suite(.serialized) struct SQLFigureTests {
  /// Shops of the quick run; ORDERBASE_SQL_SHOPS asks for more.
  static let shopCount = ProcessInfo.processInfo.environment["ORDERBASE_SQL_SHOPS"].flatMap { Int($0) } ?? 20
  /// Shops a process of the database sees.
  static let shopsPerScript = 20

  @Test(arguments: SQLEngine.allCases)
  func `a database gives the figures of random shops to the integer`(engine: SQLEngine) throws {
    guard engine.isThere else {
      print("skipped \(engine.rawValue): it needs \(engine.need)")
      return
    }
    var compared = 0
    var told: Set<String> = []
    var (partsSeen, creditsSeen) = (0, 0)
    for start in stride(from: 0, to: Self.shopCount, by: Self.shopsPerScript) {
      var script = ""
      var expected: [(what: String, row: String)] = []
      for seed in start..<min(Self.shopCount, start + Self.shopsPerScript) {
        let store = try Self.store(seed: UInt64(seed))
        let snapshot = try store.snapshot()
        let tables = try HandOver.sql(of: snapshot)
        partsSeen += tables.contains("insert into cancelled_parts") ? 1 : 0
        creditsSeen += tables.contains("insert into credits") ? 1 : 0
        script += Self.tableNames.map { "drop table if exists \($0);\n" }.joined() + tables
        for request in Self.requests(seed: seed) {
          let answers = try Analytics.answers(to: request, from: snapshot).answers
          let figures = try Analytics.sql(for: request, in: engine.dialect, from: snapshot)
          #expect(figures.count == answers.count)
          for (figure, answer) in zip(figures, answers) {
            let name = answer.definition.name
            let row = Self.row(answer.cells[0].result)
            expected.append(("\(name), shop \(seed), \(request.period ?? "all")", row))
            for (column, value) in zip(SQLFigure.columnNames(of: answer.definition), Self.values(row))
            where !value.isEmpty && value != "0" { told.insert("\(name) \(column)") }
            script += figure.text
          }
        }
      }
      let found = try engine.rows(of: script)
      try #require(found.count == expected.count)
      for (found, expected) in zip(found, expected) { #expect(found == expected.row, "\(expected.what)") }
      compared += found.count
    }
    #expect(Self.untold(told) == [], "each column of each figure has something to say in some shop")
    #expect(partsSeen > Self.shopCount / 2, "shops cancel in part")
    #expect(creditsSeen > Self.shopCount / 2, "shops give credit")
    print("\(engine.rawValue): \(compared) figures of \(Self.shopCount) shops compared")
  }

  @Test func `a figure without a text is refused with those that have one`() throws {
    let store = try TestStore()
    var request = KPIRequest(names: ["K05"], zone: .utc, now: 0)
    #expect(throws: AnalyticsError.noSQL(kpi: "K05", names: SQLText.names)) {
      try Analytics.sql(for: request, in: .sqlite, from: store.snapshot())
    }
    request.names = ["K02"]
    request.by = ["channel"]
    #expect(throws: AnalyticsError.sqlDoesNotFit("group keys")) {
      try Analytics.sql(for: request, in: .sqlite, from: store.snapshot())
    }
  }

  @Test func `a text holds no division by another name than the dialect's and no bound of Int64`() throws {
    let store = try TestStore()
    let request = KPIRequest(names: SQLText.names, zone: .utc, now: 5_000)
    for dialect in SQLDialect.allCases {
      for figure in try Analytics.sql(for: request, in: dialect, from: store.snapshot()) {
        #expect(!figure.text.contains("\(Int64.min)") && !figure.text.contains("\(Int64.max)"))
        #expect(!figure.text.contains("round(") && figure.text.contains("as of 5000 ms"))
        #expect(figure.text.hasSuffix(";\n"))
      }
    }
  }

  /// Ways to get a text wrong.
  static let mistakes: [(right: String, wrong: String)] = [
    (" < \(mistakenAsOf)", " <= \(mistakenAsOf)"), ("place * 100 >= n * 50", "place * 100 > n * 50"),
    ("_missing = 1", "_missing = 2"), ("customer_id is null", "customer_id = 0"), ("early_value", "late_value"),
    ("then 'time-missing'", "then 'pending'"), ("at_ms >= ", "at_ms > "), ("place > 1", "place > 2"),
    ("- discount_minor", ""), ("cancelled-seller", "cancelled-system"),
  ]
  static let mistakenAsOf = OddShop.opening + 40 * OddShop.step

  @Test(arguments: mistakes)
  func `the shops tell a wrong text from the right one`(right: String, wrong: String) throws {
    guard SQLEngine.sqlite.isThere else {
      print("skipped: it needs \(SQLEngine.sqlite.need)")
      return
    }
    let store = try Self.store(seed: 4)
    let snapshot = try store.snapshot()
    var request = KPIRequest(names: SQLText.names, zone: .utc, now: Self.mistakenAsOf)
    // From an instant on which something happens.
    request.period = "2025-03-01..2025-03-10"
    let figures = try Analytics.sql(for: request, in: .sqlite, from: snapshot)
    let tables = try HandOver.sql(of: snapshot)
    let texts = figures.map(\.text)
    let found = try SQLEngine.sqlite.rows(of: tables + texts.joined())
    let mistaken = texts.map { $0.replacingOccurrences(of: right, with: wrong) }
    #expect(mistaken != texts, "some text has \(right)")
    let others = try SQLEngine.sqlite.rows(of: tables + mistaken.joined())
    try #require(others.count == found.count)
    #expect(others != found)
  }

  // MARK: - Parts

  private static let tableNames = ["orders", "order_lines", "events", "movements", "credits", "cancelled_parts"]

  /// Every other shop is an odd one; the rest trade as shops do.
  private static func store(seed: UInt64) throws -> TestStore {
    let store = try TestStore()
    if seed % 2 == 0 {
      _ = try store.store.submit(OddShop(seed: seed).commands(observed: 60, live: 30).map { Submission($0) })
    } else {
      let shop = Shop(profile: .corner, seed: Seed(seed))
      try store.submit(shop.orders(60).map { .observe($0.observed) })
      _ = try store.store.submit(OddShop(seed: seed).commands(observed: 12, live: 12).map { Submission($0) })
    }
    return store
  }

  /// All time at a late as-of, and a period at an early one.
  private static func requests(seed: Int) -> [KPIRequest] {
    let late = OddShop.opening + 90 * day
    var all = KPIRequest(names: SQLText.names, zone: .utc, now: late)
    var early = all
    // On the instants on which things happen, so that "before" is put to the test.
    early.asOf = .instant(OddShop.opening + Int64(16 + seed % 40) * OddShop.step)
    early.period = "2025-03-03..2025-03-1\(seed % 5)"
    all.asOf = .instant(late)
    return [all, early]
  }

  private static func values(_ row: String) -> [String] {
    row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
  }

  /// Columns that no order can fill: whatever was placed has a start, these variants call what has no instant missed,
  /// an order without units is cancelled, a first act is known by its instant.
  private static let empty: Set<String> = [
    "K02:any excluded_time_missing", "K02:human excluded_time_missing", "K08:placed excluded_no_start",
    "K10:commit excluded_time_missing", "K10:commit-strict excluded_time_missing",
    "K10:commit-strict excluded_cancelled_seller", "K12:commit excluded_time_missing", "K37:interval negative",
    "K43:units excluded_no_units",
  ]

  /// Columns of figures that no shop filled, of those that can be.
  private static func untold(_ told: Set<String>) -> [String] {
    KPICatalogue.all.map(\.definition).filter { SQLText.names.contains($0.name) }.flatMap { definition in
      SQLFigure.columnNames(of: definition).map { "\(definition.name) \($0)" }.filter { column in
        if told.contains(column) || empty.contains(column) { return false }
        let isRanked = [.duration, .average, .count].contains(definition.kind)
        if !isRanked && ["n", "p50", "p90", "p95", "max_value"].contains(where: column.hasSuffix) { return false }
        if definition.kind != .duration && column.hasSuffix("negative") { return false }
        if column.hasSuffix("denominator") { return ![.amount, .count].contains(definition.kind) }
        return !column.hasSuffix("pending") || definition.pending != "none"
      }
    }
  }

  private static func row(_ result: KPIResult) -> String {
    let ranks = result.ranks
    let head: [Int64?] = [result.numerator, result.denominator, result.pending] + result.excluded.map(\.count)
    let tail: [Int64?] = [result.n, ranks?.p50, ranks?.p90, ranks?.p95, ranks?.max, result.negativeCount]
    return (head + tail).map { $0.map { "\($0)" } ?? "" }.joined(separator: "|")
  }
}
