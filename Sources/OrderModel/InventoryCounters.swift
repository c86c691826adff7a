/// How many units of one SKU a location holds, expects and owes, and how many of them are spoken for.
///
/// - Invariant: No counter is negative, `reserved + unavailable <= onHand`, `presaleSold <= presaleQuota`. A change that
///   would break it throws and changes nothing.
public struct InventoryCounters: Sendable, Hashable {
  /// Units counted at the location.
  public private(set) var onHand: Int64 = 0
  /// Units promised to orders.
  public private(set) var reserved: Int64 = 0
  /// Units that cannot be sold: broken, under a quality hold, kept back as safety stock.
  public private(set) var damaged: Int64 = 0
  public private(set) var held: Int64 = 0
  public private(set) var safety: Int64 = 0
  /// Units on their way here.
  public private(set) var incoming: Int64 = 0
  /// Units that orders wait for.
  public private(set) var backordered: Int64 = 0
  /// Units that may be sold before they are there, and that were.
  public private(set) var presaleQuota: Int64 = 0
  public private(set) var presaleSold: Int64 = 0

  /// Units that cannot be sold, of all kinds.
  public var unavailable: Int64 { damaged + held + safety }
  /// What is left to promise.
  public var available: Int64 { onHand - reserved - unavailable }

  /// No units at all.
  public init() {}

  /// The counters as stored; nil when they break the invariant.
  ///
  /// - Parameter value: The stored value of each counter.
  public init?<Failure: Error>(_ value: (StockCounter) throws(Failure) -> Int64) throws(Failure) {
    for counter in StockCounter.allCases { self[counter] = try value(counter) }
    guard isSound else { return nil }
  }

  /// Counters of which only these are not 0; nil when they break the invariant.
  public init?(onHand: Int64, reserved: Int64, unavailable: Int64) {
    (self.onHand, self.reserved, held) = (onHand, reserved, unavailable)
    guard isSound else { return nil }
  }

  public private(set) subscript(counter: StockCounter) -> Int64 {
    get {
      switch counter {
      case .onHand: onHand
      case .reserved: reserved
      case .damaged: damaged
      case .held: held
      case .safety: safety
      case .incoming: incoming
      case .backordered: backordered
      case .presaleQuota: presaleQuota
      case .presaleSold: presaleSold
      }
    }
    set {
      switch counter {
      case .onHand: onHand = newValue
      case .reserved: reserved = newValue
      case .damaged: damaged = newValue
      case .held: held = newValue
      case .safety: safety = newValue
      case .incoming: incoming = newValue
      case .backordered: backordered = newValue
      case .presaleQuota: presaleQuota = newValue
      case .presaleSold: presaleSold = newValue
      }
    }
  }

  /// Whether the invariant holds.
  private var isSound: Bool {
    for counter in StockCounter.allCases where self[counter] < 0 { return false }
    var rest = onHand
    for part in [reserved, damaged, held, safety] {
      rest -= part
      if rest < 0 { return false }
    }
    return presaleSold <= presaleQuota
  }

  /// Moves `quantity` units the way of `kind`; the way back when negative.
  public mutating func apply(_ kind: MovementKind, _ quantity: Int64) throws(InventoryError) {
    var changed = self
    for change in kind.effects.stock {
      let (product, isTooMuch) = quantity.multipliedReportingOverflow(by: change.sign)
      let (sum, overflow) = changed[change.counter].addingReportingOverflow(product)
      guard !isTooMuch, !overflow else { throw .overflow }
      changed[change.counter] = sum
    }
    if changed.isSound {
      self = changed
      return
    }
    if changed.reserved < 0 { throw .notReserved(requested: reserved - changed.reserved, reserved: reserved) }
    if changed.presaleSold > changed.presaleQuota {
      throw .presaleExhausted(requested: changed.presaleSold - presaleSold, left: presaleQuota - presaleSold)
    }
    if changed.onHand >= 0, changed.available < 0, changed.reserved > reserved {
      throw .oversold(requested: changed.reserved - reserved, available: available)
    }
    if changed.onHand < 0 || changed.available < 0, changed.unavailable <= unavailable {
      throw .belowReserved(onHand: onHand, reserved: reserved, unavailable: unavailable)
    }
    for counter in StockCounter.allCases where changed[counter] < 0 {
      throw .tooFew(counter, requested: self[counter] - changed[counter], present: self[counter])
    }
    throw .oversold(requested: changed.unavailable - unavailable, available: available)
  }

  /// Adds `quantity` units to on hand; takes them away when negative.
  ///
  /// - Throws: ``InventoryError/belowReserved(onHand:reserved:unavailable:)`` when promised or unavailable units would
  ///   be gone, ``InventoryError/overflow`` beyond 64 bits.
  public mutating func adjust(_ quantity: Int64) throws(InventoryError) { try apply(.adjust, quantity) }

  /// Promises `quantity` units to an order.
  ///
  /// - Parameter quantity: Units to promise, at least 0.
  /// - Throws: ``InventoryError/oversold(requested:available:)`` when fewer units are available.
  public mutating func reserve(_ quantity: Int64) throws(InventoryError) {
    precondition(quantity >= 0, "a reservation is not negative")
    try apply(.reserve, quantity)
  }

  /// Gives back `quantity` promised units.
  ///
  /// - Throws: ``InventoryError/notReserved(requested:reserved:)`` when fewer are promised.
  public mutating func release(_ quantity: Int64) throws(InventoryError) {
    precondition(quantity >= 0, "a release is not negative")
    try apply(.release, quantity)
  }

  /// Takes `quantity` promised units out of the location. Available does not change.
  ///
  /// - Throws: ``InventoryError/notReserved(requested:reserved:)`` when fewer are promised.
  public mutating func ship(_ quantity: Int64) throws(InventoryError) {
    precondition(quantity >= 0, "a shipment is not negative")
    try apply(.ship, quantity)
  }
}

/// Why a counter may not change.
public enum InventoryError: Error, Sendable, Hashable {
  case oversold(requested: Int64, available: Int64)
  case notReserved(requested: Int64, reserved: Int64)
  case belowReserved(onHand: Int64, reserved: Int64, unavailable: Int64)
  case presaleExhausted(requested: Int64, left: Int64)
  case tooFew(StockCounter, requested: Int64, present: Int64)
  case overflow
}
