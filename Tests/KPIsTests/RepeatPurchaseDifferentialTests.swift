import KPIs
import OrderModel
import Testing

/// The customer figures against sets and loops.
@Suite(.tags(.differential))
struct RepeatPurchaseDifferentialTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `every variant agrees with loops over customers`(seed: UInt64) throws {
    let orders = randomOrders(60, seed: seed).enumerated().map { index, order in
      var order = order
      order[.customer] = Int64(index * 7 % 23)
      return order
    }
    let period = 2 * day..<7 * day
    for asOf in [3 * day, 9 * day, 40 * day] {
      for variant in [.ever, .inPeriod, .returning, .prior, .lifetime, .window(2), .orderShare, .interval]
        as [RepeatPurchase.Variant]
      {
        let plain = plain(variant, of: orders, asOf: asOf, in: period)
        for partBits in [0, 3] {
          #expect(
            try figure(variant, of: orders, asOf: asOf, in: period, partBits: partBits) == plain,
            "\(variant) as of \(asOf), \(partBits) bits of the customer")
        }
      }
    }
  }

  private func figure(
    _ variant: RepeatPurchase.Variant, of orders: [TestOrder], asOf: Int64, in period: Range<Int64>, partBits: Int
  ) throws -> [Int64] {
    let kpi = RepeatPurchase(variant)
    let context = JudgingContext(asOf: asOf, period: period)
    var sequences = CustomerSequences(partBits: partBits)
    var verdicts = Verdicts()
    // Batches, as a scan gives them; the earlier ones come last, as from another thread.
    for start in [30, 0] {
      let batch = batch(of: Array(orders[start..<start + 30]), fields: kpi.qualifyingFields, firstRow: start)
      kpi.qualify(batch, in: context, into: &verdicts)
      var others = CustomerSequences(partBits: partBits)
      others.add(batch, verdicts: verdicts)
      sequences.merge(others)
    }
    var accumulator = Accumulator(kpi.definition)
    accumulator.add(sequences.judged(by: kpi, in: context))
    let result = try accumulator.result()
    return [result.numerator, result.denominator ?? -1, result.pending]
  }

  private func plain(
    _ variant: RepeatPurchase.Variant, of orders: [TestOrder], asOf: Int64, in period: Range<Int64>
  ) -> [Int64] {
    var byCustomer: [Int64: [Int64]] = [:]
    for order in orders where order[.customer] != 0 {
      let plain = PlainOrder(order: order, asOf: asOf)
      if plain.qualifies { byCustomer[order[.customer], default: []].append(plain.placed) }
    }
    var (numerator, denominator, pending): (Int64, Int64, Int64) = (0, 0, 0)
    for placed in byCustomer.values.map({ $0.sorted() }) {
      let inPeriod = placed.filter { period.contains($0) }
      func count(_ belongs: Bool, _ isHit: Bool) {
        denominator += belongs ? 1 : 0
        numerator += belongs && isHit ? 1 : 0
      }
      switch variant {
      case .ever: count(period.contains(placed[0]), placed.count > 1)
      case .inPeriod: count(!inPeriod.isEmpty, inPeriod.count > 1)
      case .returning: count(!inPeriod.isEmpty, placed.dropFirst().contains { period.contains($0) })
      case .prior: count(!inPeriod.isEmpty, placed[0] < period.lowerBound)
      case .lifetime: count(!inPeriod.isEmpty, placed.count > 1)
      case .window(let days):
        let isOld = asOf - placed[0] >= days * day
        if period.contains(placed[0]), !isOld { pending += 1 }
        count(period.contains(placed[0]) && isOld, placed.count > 1 && placed[1] - placed[0] <= days * day)
      case .orderShare:
        for (index, instant) in placed.enumerated() { count(period.contains(instant), index > 0) }
      case .interval:
        for index in placed.indices.dropFirst() where period.contains(placed[index]) {
          numerator += placed[index] - placed[index - 1]
          denominator += 1
        }
      }
    }
    return [numerator, denominator, pending]
  }
}
