import Calendars
import Columns
import KPIs
import OrderModel
import Testing

struct CohortRetentionTests {
  private func cells(_ rows: [CustomerRow]) -> [[Value]: [Int64]] {
    Dictionary(
      uniqueKeysWithValues: rows.map {
        ($0.keys, [$0.result.numerator, $0.result.denominator ?? -1, $0.result.pending])
      })
  }

  @Test func `G1: the cohorts of February and March, April not over`() throws {
    let zone = TimeZoneRules(fixedOffsetSeconds: 28_800)
    let rows = try customerRows(
      CohortRetention(.month), of: GoldenOrders.orders + GoldenOrders.others, asOf: GoldenOrders.asOf, zone: zone)
    let cells = cells(rows)
    // c1, c4, c7, c8 first came in February, three of them again in March; c2, c5, c6 in March.
    #expect(cells[["2026-02", 0]] == [4, 4, 0])
    #expect(cells[["2026-02", 1]] == [3, 4, 0])
    #expect(cells[["2026-02", 2]] == [0, 0, 4])
    #expect(cells[["2026-03", 0]] == [3, 3, 0])
    #expect(cells[["2026-03", 1]] == [0, 0, 3])
    #expect(rows.count == 5)
    #expect(rows[2].result.quotient == nil)
  }

  @Test func `months are cut in the zone`() throws {
    // 1970-01-31 23:00 in UTC is the first of February in +08:00.
    let orders = [TestOrder(placedAt: 31 * day - hour, [.customer: 1])]
    #expect(try customerRows(CohortRetention(.month), of: orders, asOf: 40 * day)[0].keys[0] == "1970-01")
    let east = TimeZoneRules(fixedOffsetSeconds: 28_800)
    #expect(try customerRows(CohortRetention(.month), of: orders, asOf: 40 * day, zone: east)[0].keys[0] == "1970-02")
  }

  @Test func `a month is over when as-of reaches its end, not before`() throws {
    let orders = [TestOrder(placedAt: day, [.customer: 1])]
    #expect(try customerRows(CohortRetention(.month), of: orders, asOf: 31 * day - 1)[0].result.pending == 1)
    #expect(try customerRows(CohortRetention(.month), of: orders, asOf: 31 * day)[0].result.denominator == 1)
  }

  @Test func `cumulative counts a customer once, however often they come`() throws {
    let orders =
      [0, 32, 33, 60, 91].map { TestOrder(placedAt: Int64($0) * day, [.customer: 1]) }
      + [TestOrder(placedAt: 0, [.customer: 2]), TestOrder(placedAt: 65 * day, [.customer: 2])]
    let cells = cells(try customerRows(CohortRetention(.cumulative), of: orders, asOf: 120 * day))
    #expect(cells[["1970-01", 0]] == nil)
    #expect(cells[["1970-01", 1]] == [1, 2, 0])
    #expect(cells[["1970-01", 2]] == [2, 2, 0])
    #expect(cells[["1970-01", 3]] == [2, 2, 0])
  }

  @Test func `members are the customers of the cohort, by the order they came with`() throws {
    let orders =
      [TestOrder(placedAt: 0, [.customer: 1]), TestOrder(placedAt: 0, [.customer: 2])]
      + [TestOrder(placedAt: 32 * day, [.customer: 2])]
    let rows = try customerRows(CohortRetention(.month), of: orders, asOf: 59 * day, withMembers: true)
    #expect(rows[1].members.map(\.kind) == [Verdicts.miss, Verdicts.hit])
    #expect(rows[1].members.map(\.row) == [0, 2])
  }

  @Test func `no customers, no cohorts`() throws {
    #expect(try customerRows(CohortRetention(.month), of: [], asOf: day).isEmpty)
    #expect(try customerRows(CohortRetention(.month), of: [TestOrder(placedAt: 0)], asOf: day).isEmpty)
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `both variants equal sets of customers by month`(seed: UInt64) throws {
    let orders = randomYear(300, seed: seed)
    // The months of 1970 and the next January and February.
    let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]
    let starts = lengths.reduce(into: [Int64(0)]) { $0.append($0.last! + $1 * day) }
    func month(_ instant: Int64) -> Int { starts.lastIndex { $0 <= instant }! }
    for (asOf, period) in [(250 * day, Int64.min..<Int64.max), (400 * day, 40 * day..<200 * day)] {
      for variant in CohortRetention.Variant.allCases {
        var expected: [[Value]: [Int64]] = [:]
        let customers = plainCustomers(orders, asOf: asOf).values.filter { period.contains($0[0].placed) }
        for (start, cohort) in Dictionary(grouping: customers, by: { month($0[0].placed) }) {
          for later in (variant == .month ? 0 : 1)..<max(1, month(asOf - 1) - start + 1) {
            let name = start < 12 ? "1970-\(start < 9 ? "0" : "")\(start + 1)" : "1971-0\(start - 11)"
            let months = variant == .month ? later...later : 1...later
            let hits = cohort.count { orders in orders.contains { months.contains(month($0.placed) - start) } }
            let isOver = starts[start + later + 1] <= asOf
            expected[[.text(name), .integer(Int64(later))]] =
              isOver ? [Int64(hits), Int64(cohort.count), 0] : [0, 0, Int64(cohort.count)]
          }
        }
        let found = cells(try customerRows(CohortRetention(variant), of: orders, asOf: asOf, in: period))
        #expect(found == expected, "\(variant), seed \(seed)")
      }
    }
  }
}
