public import Columns
public import OrderModel

/// On-time shipment rate: orders that left by their original ship-by.
///
/// - Definition: orders shipped in full of open quantity ≤ ship-by ÷ orders with a ship-by that shipped, or whose ship-by is
///   over, or that the seller cancelled, which are missed. Cancelled otherwise, or expired, before the ship-by or without an
///   instant: excluded. Shipped without an instant: missed. No promise: excluded.
/// - Attributed to the placed instant.
/// - Source: WERC on-time shipments.
public struct OnTimeShipment: OrderKPI {
  public let definition = Definition(
    id: "K09", slug: "on_time_shipment", kind: .rate, english: "On-time shipment rate", chinese: "準時發貨率",
    unit: "percent", direction: .up, attribution: .created,
    numerator: "of these, all required quantity shipped ≤ ship-by",
    denominator: "orders with a ship-by that shipped, or whose ship-by is over, or cancelled by the seller",
    population: "orders placed before as-of", pending: "not shipped, ship-by not over",
    exclusions: ["no-promise", "cancelled-unknown", "cancelled-customer", "cancelled-system", "expired"],
    source: "WERC on-time shipments")
  public let fields: [OrderField] = [.placedAt, .shipBy] + Passages.fields(of: .shipped) + Ending.fields

  private static let noPromise = Verdicts.firstExclusion

  public init() {}

  public func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts) {
    let (placed, deadlines) = (batch[.placedAt], batch[.shipBy])
    let (cancelled, expired) = (batch[.reached(.cancelled)], batch[.reached(.expired)])
    let shipped = Passages.column(of: .shipped, in: batch, context: context)
    let endings = Ending.column(in: batch, context: context)
    verdicts.reset(count: batch.count)
    for row in 0..<batch.count where context.hasHappened(placed[row]) {
      let (deadline, ending) = (deadlines[row], endings[row])
      verdicts.instants[row] = placed[row]
      verdicts.kinds[row] =
        if !InstantColumn.isInstant(deadline) {
          Self.noPromise
        } else if ending == Ending.cancelledSeller {
          Verdicts.miss
        } else if ending != Ending.none, (ending == Ending.expired ? expired[row] : cancelled[row]) < deadline {
          // The seller's side has no reason of its own.
          Self.noPromise + (ending > Ending.cancelledSeller ? ending - 1 : ending)
        } else if shipped[row] == InstantColumn.none {
          deadline < context.asOf ? Verdicts.miss : Verdicts.pending
        } else {
          InstantColumn.isInstant(shipped[row]) && shipped[row] <= deadline ? Verdicts.hit : Verdicts.miss
        }
    }
  }
}
