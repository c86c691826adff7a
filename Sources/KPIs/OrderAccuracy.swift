public import Columns
public import OrderModel

/// Order accuracy: shipped orders without an error of the seller's making.
///
/// - Definition: shipped orders without a known error (wrong SKU, quantity, price, address, document, entry) ÷ shipped
///   orders, cancelled later or not. An order is mature when its claim window is over; shipped within the window before
///   as-of, or not yet shipped: pending. Shipped without an instant, or cancelled or expired before shipping: excluded.
///   Errors found later count on the original order. An error is an exception of a kind that ``ExceptionKind/isSellerError``
///   says, raised before as-of; raised in error and taken back, it is none.
/// - Attributed to the placed instant.
/// - Source: WERC order picking accuracy (error-free ÷ shipped).
public struct OrderAccuracy: OrderKPI {
  public let claimWindowDays: Int64
  public let options: Set<KPIOptions.Name> = [.claimWindow]
  public let definition: Definition
  public let fields: [OrderField] = [.placedAt, .told(.exceptions)] + Passages.fields(of: .shipped) + Ending.fields

  private static let errors = ExceptionKind.allCases.reduce(0) { $1.isSellerError ? $0 | $1.bit : $0 }

  /// - Parameter claimWindowDays: How long after shipping an error may still be reported, days of 24 h, 0 to 36,525.
  public init(claimWindowDays: Int64 = 14) {
    precondition(KPIOptions.claimWindows.contains(claimWindowDays), "a claim window is 0 to 36,525 days")
    self.claimWindowDays = claimWindowDays
    definition = Definition(
      id: "K17", slug: "order_accuracy", kind: .rate, english: "Order accuracy", chinese: "訂單準確率",
      unit: "percent", direction: .up, attribution: .created, numerator: "of these, without a seller-caused error",
      denominator: "orders shipped at least \(claimWindowDays) days before as-of, cancelled later or not",
      population: "orders placed before as-of", pending: "not shipped, or shipped within \(claimWindowDays) days",
      exclusions: Durations.exclusions, source: "WERC order picking accuracy")
  }

  public func with(_ options: KPIOptions) -> any KPI {
    options.claimWindowDays.map { Self(claimWindowDays: $0) } ?? self
  }

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let placed = batch[.placedAt]
    let exceptions = batch[.told(.exceptions)]
    let shipped = Passages.column(of: .shipped, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    let matureUntil = context.asOf - claimWindowDays * 86_400_000
    verdicts.reset(count: batch.count)
    verdicts.write { kinds, instants, _ in
      for row in 0..<batch.count where context.hasHappened(placed[row]) {
        instants[row] = placed[row]
        kinds[row] =
          if shipped[row] == InstantColumn.unknown {
            Durations.timeMissing
          } else if shipped[row] == InstantColumn.none {
            switch endings[row] {
            case Ending.none: Verdicts.pending
            case Ending.expired: Durations.expired
            default: Durations.cancelled
            }
          } else if shipped[row] > matureUntil {
            Verdicts.pending
          } else {
            exceptions[row] & Self.errors == 0 ? Verdicts.hit : Verdicts.miss
          }
      }
    }
  }
}
