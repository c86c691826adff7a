internal import OrderModel

/// A stock cell while a command is judged: its counters and the value of what is on hand.
struct StockCell {
  var row: Int
  var sku: UInt32
  var location: UInt32
  var counters: InventoryCounters
  /// Minor units of the store's currency, at least 0.
  var value: Int64
  /// Where the chains of its allotments and of what it expects begin.
  var lastAllotment: Int?
  var lastInbound: Int?

  /// Whether units are available and somebody waits for them.
  var canHandOn: Bool { counters.available > 0 && (counters.backordered > 0 || counters.presaleSold > 0) }

  /// The value of `quantity` units at the average cost of those on hand, rounded half-even once; all of the value when
  /// just all go. Nil when it would leave 64 bits.
  ///
  /// - Precondition: Units are on hand, and `quantity` is not negative.
  func value(of quantity: Int64) -> Int64? {
    precondition(counters.onHand > 0 && quantity >= 0, "the average of something")
    let (whole, rest) = quantity.quotientAndRemainder(dividingBy: counters.onHand)
    let (base, isTooMuch) = value.multipliedReportingOverflow(by: whole)
    if isTooMuch { return nil }
    // `rest` is below on hand, so the quotient is below `value`.
    let (quotient, remainder) = counters.onHand.dividingFullWidth(value.multipliedFullWidth(by: rest))
    let (sum, isSumTooMuch) = base.addingReportingOverflow(quotient)
    if isSumTooMuch { return nil }
    let below = counters.onHand - remainder
    let isUp = remainder > below || (remainder == below && sum & 1 == 1)
    let (rounded, isRoundedTooMuch) = sum.addingReportingOverflow(isUp ? 1 : 0)
    return isRoundedTooMuch ? nil : rounded
  }
}
