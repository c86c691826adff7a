import Columns
import OrderModel

/// What orders were worth at as-of, in minor units of their currency.
struct OrderMoney {
  static let grossFields: [OrderField] = [.placedAt, .listValue, .told(.cancelledValue)] + Ending.fields
  static let netFields: [OrderField] = grossFields + [.lineValue, .discount]

  let listValues: [Int64]
  let endings: [UInt8]
  private let cancelledValues: [Int64]
  private let lineValues: [Int64]
  private let discounts: [Int64]

  /// - Parameter withDiscounts: Whether the batch has ``netFields``; else ``grossFields`` do, and ``net(_:)`` may not be
  ///   asked for.
  init(_ batch: Batch<OrderField>, context: JudgingContext, withDiscounts: Bool) {
    listValues = batch[.listValue]
    cancelledValues = batch[.told(.cancelledValue)]
    lineValues = withDiscounts ? batch[.lineValue] : []
    discounts = withDiscounts ? batch[.discount] : []
    endings = Ending.column(in: batch, context: context)
  }

  /// List value not cancelled.
  @inline(__always)
  func gross(_ row: Int) -> Int64 {
    listValues[row]
      - CancelledParts.part(of: listValues[row], inPart: cancelledValues[row], ending: endings[row])
  }

  /// ``gross(_:)`` less discounts: those on prices (list price − price paid) and the one on the order as a whole.
  ///
  /// Of a partly cancelled order the discounts on prices count in the share of its list value that is left, rounded
  /// toward zero; without a discount on prices nothing is rounded. 0 for an order that had ended.
  @inline(__always)
  func net(_ row: Int) -> Int64 {
    if endings[row] != Ending.none { return 0 }
    let gross = gross(row)
    let paid = lineValues[row]
    let list = listValues[row]
    if paid == list { return gross - discounts[row] }
    if gross == list { return paid - discounts[row] }
    return Int64(Int128(paid) * Int128(gross) / Int128(list)) - discounts[row]
  }
}
