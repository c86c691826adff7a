import Columns
import KPIs
import OrderModel
import Testing

struct CustomerSegmentsTests {
  private func counts(_ rows: [CustomerRow]) -> [[Value]: Int64] {
    Dictionary(uniqueKeysWithValues: rows.map { ($0.keys, $0.result.numerator) })
  }

  @Test func `equal customers share a score, and the best of five has five`() throws {
    // Days since: 50, 40, 30, 20, 10; one order each, worth 100 to 500.
    let orders = (1...5).map {
      TestOrder(
        placedAt: Int64($0) * 10 * day,
        [.customer: Int64($0), .listValue: Int64($0) * 100, .lineValue: Int64($0) * 100])
    }
    let rows = try customerRows(CustomerSegments(.scores), of: orders, asOf: 60 * day)
    #expect(rows.map(\.keys) == (1...5).map { [.integer($0), 1, .integer($0)] })
    #expect(rows.allSatisfy { $0.result.quotient == Fraction(numerator: 1, denominator: 5) })
  }

  @Test func `within a day it is the same recency, by days of 24 hours before as-of`() throws {
    let orders = [1, 2].map { TestOrder(placedAt: Int64($0) * hour, [.customer: Int64($0)]) }
    #expect(try customerRows(CustomerSegments(.scores), of: orders, asOf: day + 2 * hour).count == 1)
    #expect(try customerRows(CustomerSegments(.scores), of: orders, asOf: day + hour).count == 2)
  }

  @Test func `every segment is told, those of nobody too, and prospects are of the whole`() throws {
    let orders = [TestOrder(placedAt: 0, [.customer: 1])]
    let rows = try customerRows(CustomerSegments(.segments), of: orders, asOf: day, prospects: [7, 9])
    #expect(rows.count == 11)
    #expect(rows.map(\.keys) == CustomerSegment.allCases.map { [.text($0.rawValue)] })
    // A customer alone is worse than nobody and better than nobody.
    #expect(counts(rows)[["dormant"]] == 1)
    #expect(counts(rows)[["prospects"]] == 2)
    #expect(rows[0].result.denominator == 3)
  }

  @Test func `the table uses every segment, and falls with recency`() {
    var found: Set<CustomerSegment> = [.prospects]
    for recency in 1...5 {
      for frequency in 1...5 {
        for money in 1...5 { found.insert(CustomerSegment(recency: recency, frequency: frequency, money: money)) }
      }
    }
    #expect(found == Set(CustomerSegment.allCases))
    #expect(CustomerSegment(recency: 5, frequency: 5, money: 5) == .champions)
    #expect(CustomerSegment(recency: 5, frequency: 1, money: 1) == .new)
    #expect(CustomerSegment(recency: 1, frequency: 5, money: 5) == .previouslyLoyal)
    #expect(CustomerSegment(recency: 1, frequency: 1, money: 1) == .dormant)
    // The mean of 1 and 2 counts as 2.
    #expect(CustomerSegment(recency: 5, frequency: 1, money: 2) == .promising)
  }

  @Test func `credit notes lower what a customer is worth`() throws {
    let orders = [1, 2].map { TestOrder(placedAt: 0, [.customer: $0, .listValue: 100, .lineValue: 100]) }
    let credits: [Int64: [CustomerHistories.Amount]] = [2: [CustomerHistories.Amount(at: 0, value: -1)]]
    let rows = try customerRows(CustomerSegments(.scores), of: orders, asOf: day, credits: credits)
    #expect(rows.map(\.keys) == [[1, 1, 1], [1, 1, 3]])
  }

  @Test(.tags(.differential), arguments: [1, 2, 3, 4] as [UInt64])
  func `scores equal ranks counted customer by customer, segments those of the scores`(seed: UInt64) throws {
    let orders = randomYear(200, seed: seed)
    for (asOf, period) in [(250 * day, Int64.min..<Int64.max), (500 * day, 40 * day..<300 * day)] {
      let customers = plainCustomers(orders, asOf: asOf).values.map { $0.filter { period.contains($0.placed) } }
        .filter { !$0.isEmpty }
      let measures = customers.map { orders in
        [-(asOf - orders.last!.placed) / day, Int64(orders.count), orders.reduce(0) { $0 + $1.net }]
      }
      var triples: [[Value]: Int64] = [:]
      var segments: [[Value]: Int64] = [:]
      for own in measures {
        let scores = (0..<3).map { place in
          min(5, 1 + 5 * measures.count { $0[place] < own[place] } / measures.count)
        }
        triples[scores.map { .integer(Int64($0)) }, default: 0] += 1
        let segment = CustomerSegment(recency: scores[0], frequency: scores[1], money: scores[2])
        segments[[.text(segment.rawValue)], default: 0] += 1
      }
      #expect(
        counts(try customerRows(CustomerSegments(.scores), of: orders, asOf: asOf, in: period)) == triples,
        "seed \(seed)")
      let found = try customerRows(CustomerSegments(.segments), of: orders, asOf: asOf, in: period)
      #expect(counts(found.filter { $0.result.numerator > 0 }) == segments, "seed \(seed)")
    }
  }
}
