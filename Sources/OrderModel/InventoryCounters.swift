/// How many units of one SKU a location holds, and how many of them are spoken for.
///
/// - Invariant: `0 <= reserved`, `0 <= unavailable`, `reserved + unavailable <= onHand`. A change that would break it
///   throws and changes nothing.
public struct InventoryCounters: Sendable, Hashable {
  /// Units counted at the location.
  public private(set) var onHand: Int64
  /// Units promised to orders.
  public private(set) var reserved: Int64
  /// Units that cannot be sold: damaged, held, safety stock.
  public private(set) var unavailable: Int64

  /// What is left to promise.
  public var available: Int64 { onHand - reserved - unavailable }

  /// No units at all.
  public init() { (onHand, reserved, unavailable) = (0, 0, 0) }

  /// The counters as stored; nil when they break the invariant.
  public init?(onHand: Int64, reserved: Int64, unavailable: Int64) {
    guard reserved >= 0, unavailable >= 0, onHand >= 0, onHand - reserved >= unavailable else { return nil }
    (self.onHand, self.reserved, self.unavailable) = (onHand, reserved, unavailable)
  }

  /// Adds `quantity` units to on hand; takes them away when negative.
  ///
  /// - Throws: ``InventoryError/belowReserved(onHand:reserved:unavailable:)`` when promised or unavailable units would
  ///   be gone, ``InventoryError/overflow`` beyond 64 bits.
  public mutating func adjust(_ quantity: Int64) throws(InventoryError) {
    let (sum, overflow) = onHand.addingReportingOverflow(quantity)
    guard !overflow else { throw .overflow }
    guard sum >= 0, sum - reserved >= unavailable else {
      throw .belowReserved(onHand: onHand, reserved: reserved, unavailable: unavailable)
    }
    onHand = sum
  }

  /// Promises `quantity` units to an order.
  ///
  /// - Parameter quantity: Units to promise, at least 0.
  /// - Throws: ``InventoryError/oversold(requested:available:)`` when fewer units are available.
  public mutating func reserve(_ quantity: Int64) throws(InventoryError) {
    precondition(quantity >= 0, "a reservation is not negative")
    guard quantity <= available else { throw .oversold(requested: quantity, available: available) }
    reserved += quantity
  }

  /// Gives back `quantity` promised units.
  ///
  /// - Throws: ``InventoryError/notReserved(requested:reserved:)`` when fewer are promised.
  public mutating func release(_ quantity: Int64) throws(InventoryError) {
    precondition(quantity >= 0, "a release is not negative")
    guard quantity <= reserved else { throw .notReserved(requested: quantity, reserved: reserved) }
    reserved -= quantity
  }

  /// Takes `quantity` promised units out of the location. Available does not change.
  ///
  /// - Throws: ``InventoryError/notReserved(requested:reserved:)`` when fewer are promised.
  public mutating func ship(_ quantity: Int64) throws(InventoryError) {
    try release(quantity)
    onHand -= quantity
  }
}

/// Why a counter may not change.
public enum InventoryError: Error, Sendable, Hashable {
  case oversold(requested: Int64, available: Int64)
  case notReserved(requested: Int64, reserved: Int64)
  case belowReserved(onHand: Int64, reserved: Int64, unavailable: Int64)
  case overflow
}
