import Columns
import OrderModel

/// Whether orders got what was ordered.
struct OrderFaults {
  static let fields: [OrderField] = [
    .told(.cancelledUnitsBy(.seller)), .told(.cancelledUnitsBy(.system)), .told(.strayedUnits), .told(.exceptions),
  ]
  static let exceptionFields: [OrderField] = [.told(.exceptions)]

  private let bySeller, bySystem, strayed: [Int64]
  private let exceptions: [Int64]

  /// - Parameter withUnits: Whether the batch has ``fields``; else ``exceptionFields``, and ``isInFull(_:)`` may not be
  ///   asked.
  init(_ batch: Batch<OrderField>, withUnits: Bool = true) {
    bySeller = withUnits ? batch[.told(.cancelledUnitsBy(.seller))] : []
    bySystem = withUnits ? batch[.told(.cancelledUnitsBy(.system))] : []
    strayed = withUnits ? batch[.told(.strayedUnits)] : []
    exceptions = batch[.told(.exceptions)]
  }

  /// Nothing cancelled in part by the seller or the system, nothing lost or turned back, no wrong article.
  func isInFull(_ row: Int) -> Bool {
    bySeller[row] == 0 && bySystem[row] == 0 && strayed[row] <= 0 && !has(.misShip, row)
  }

  /// Without damage reported, with the right documents.
  func isUndamaged(_ row: Int) -> Bool { !has(.damaged, row) }
  func isDocumented(_ row: Int) -> Bool { !has(.docError, row) }

  /// Whether an exception of that kind was raised.
  func has(_ kind: ExceptionKind, _ row: Int) -> Bool { exceptions[row] & kind.bit != 0 }
}
