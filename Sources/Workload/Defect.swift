/// What is wrong with an order's row, on purpose. Only profiles that ask for defects have any, and only orders with one
/// line carry one, so that one defect is one refused row and one refused order.
package enum Defect: UInt8, Sendable, Hashable, CaseIterable {
  /// The price is no number.
  case price
  /// The placed instant is no date.
  case placedAt
  /// There is no order number.
  case orderNumber
  /// The quantity is 0.
  case quantity
  /// The status is a word that nobody knows.
  case status
}
