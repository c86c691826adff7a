import Calendars
import Columns
import KPIs
import OrderModel
import OrderStore
import Testing
import Workload

@testable import Analytics

/// Figures of random shops against the plainest recomputation from whole orders, and against themselves.
@Suite struct DifferentialTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `figures equal those counted from whole orders`(seed: UInt64) throws {
    let shop = Shop(profile: .corner, seed: Seed(seed))
    let store = try store(of: shop, count: 700)
    let snapshot = try store.snapshot()
    for asOf in [shop.horizon.milliseconds, shop.opening.milliseconds + 12 * day + 7 * hour] {
      let plain = try PlainFigures(snapshot, asOf: asOf)
      var request = KPIRequest(by: ["channel"], zone: TimeZoneRules(fixedOffsetSeconds: 28_800), now: asOf)
      for name in PlainFigures.names {
        request.names = [name]
        let answer = try Analytics.answers(to: request, from: snapshot).answers[0]
        var found: [String: PlainFigures.Figure] = [:]
        for cell in answer.cells where cell.result.numerator != 0 || (cell.result.denominator ?? 0) != 0 {
          found[cell.keys[0] ?? ""] = PlainFigures.Figure(cell.result.numerator, cell.result.denominator ?? 0)
        }
        #expect(found == plain.figures[name], "\(name), seed \(seed), as of \(asOf)")
      }
    }
  }

  @Test func `the workload's own figures come out`() throws {
    let shop = Shop(profile: .corner, seed: Seed(11))
    let expected = ExpectedFigures(of: shop.orders(900))
    let store = try store(of: shop, count: 900)
    var request = KPIRequest(
      names: ["K01", "K07", "K10:scor", "K25", "K37:ever", "K42:gmv", "K42:gross"], zone: .utc,
      now: shop.horizon.milliseconds)
    request.threadCount = 2
    let results = try Analytics.answers(to: request, from: store.snapshot()).answers.map { $0.cells[0].result }
    let ratios = [
      expected.processingTime, expected.fulfilmentTime, expected.onTimeDelivery, expected.cancelRate,
      expected.repeatEver,
    ]
    for (result, ratio) in zip(results, ratios) {
      #expect(result.numerator == ratio.numerator)
      #expect(result.denominator == ratio.denominator)
    }
    #expect(results[5].numerator == expected.gmv)
    #expect(results[6].numerator == expected.gross)
  }

  @Test func `a period's parts add up to it`() throws {
    let shop = Shop(profile: .corner, seed: Seed(5))
    let store = try store(of: shop, count: 800)
    let snapshot = try store.snapshot()
    // A product of rates has no counts that add up.
    let additive = KPICatalogue.all.filter { $0 is any OrderKPI && $0.definition.kind != .product }
    var request = KPIRequest(
      names: additive.map(\.definition.name), zone: TimeZoneRules(fixedOffsetSeconds: 28_800),
      now: shop.horizon.milliseconds)
    func sums() throws -> [[Int64]] {
      try Analytics.answers(to: request, from: snapshot).answers.map { answer in
        let result = answer.cells[0].result
        return [result.numerator, result.denominator ?? 0, result.pending, result.n, result.negativeCount]
          + result.excluded.map(\.count)
      }
    }
    request.period = "2025-03"
    let whole = try sums()
    request.period = "2025-03-01..2025-03-13"
    let first = try sums()
    request.period = "2025-03-14..2025-03-31"
    let second = try sums()
    for (index, kpi) in additive.enumerated() {
      #expect(zip(first[index], second[index]).map(+) == whole[index], "\(kpi.definition.name)")
    }
  }

  @Test func `groups add up to the whole, whatever the keys`() throws {
    let shop = Shop(profile: .corner, seed: Seed(6))
    let store = try store(of: shop, count: 600)
    let snapshot = try store.snapshot()
    var request = KPIRequest(names: ["K07", "K10:commit", "K25:value"], zone: .utc, now: shop.horizon.milliseconds)
    let whole = try Analytics.answers(to: request, from: snapshot).answers
    for keys in [["channel"], ["day"], ["minute"], ["region", "city", "hour_of_day"], ["customer", "week", "month"]] {
      request.by = keys
      let grouped = try Analytics.answers(to: request, from: snapshot).answers
      for (part, all) in zip(grouped, whole) {
        #expect(part.cells.map(\.result.numerator).reduce(0, +) == all.cells[0].result.numerator, "\(keys)")
        #expect(part.cells.compactMap(\.result.denominator).reduce(0, +) == all.cells[0].result.denominator, "\(keys)")
        #expect(Set(part.cells.map(\.keys)).count == part.cells.count)
      }
    }
  }

  @Test func `an answer does not depend on how many threads found it, nor on folding`() throws {
    let shop = Shop(profile: .corner, seed: Seed(7))
    // More than one stride of row groups for each thread.
    let store = try store(of: shop, count: 20_000)
    var request = KPIRequest(
      names: ["K01:first", "K10:scor", "K42:gmv", "K43:value", "K14"], by: ["channel", "day", "node"],
      zone: TimeZoneRules(fixedOffsetSeconds: 28_800), now: shop.horizon.milliseconds - 5 * day)
    request.conditions = ["units < 6 or region = '上海'"]
    let before = try store.snapshot()
    let single = try Analytics.answers(to: request, from: before)
    var ofCustomers = KPIRequest(names: ["K37"], zone: .utc, now: shop.horizon.milliseconds - 5 * day)
    ofCustomers.names = ["K37:ever", "K37:prior", "K37:order-share", "K37:interval"]
    for by in [[], ["channel", "month"]] {
      (ofCustomers.by, ofCustomers.threadCount) = (by, 1)
      let alone = try Analytics.answers(to: ofCustomers, from: before)
      ofCustomers.threadCount = 3
      #expect(try Analytics.answers(to: ofCustomers, from: before) == alone, "\(by)")
    }
    request.threadCount = 3
    #expect(try Analytics.answers(to: request, from: before) == single)
    try store.store.fold()
    #expect(try Analytics.answers(to: request, from: store.snapshot()) == single)
  }

  private func store(of shop: Shop, count: Int) throws -> TestStore {
    let store = try TestStore()
    var batch: [Command] = []
    for order in shop.orders(count) {
      batch.append(.observe(order.observed))
      if batch.count == 1_000 {
        try store.submit(batch)
        batch.removeAll()
      }
    }
    try store.submit(batch)
    return store
  }
}
