public import OrderModel

/// One movement of what a SKU had at a location.
public struct StockStep: Sendable, Hashable {
  /// Milliseconds.
  public var occurredAt: Int64
  /// Row among the movements, in the order they were recorded.
  public var row: UInt32
  /// Order row + 1; 0 is none.
  public var order: UInt32
  /// Changes of the units on hand, promised to somebody, and left to promise.
  public var onHand, reserved, available: Int32
  public var kind: MovementKind
  /// Change of the value on hand, minor units.
  public var value: Int64

  public init(
    occurredAt: Int64, row: UInt32, order: UInt32 = 0, onHand: Int32 = 0, reserved: Int32 = 0, available: Int32 = 0,
    kind: MovementKind, value: Int64 = 0
  ) {
    (self.occurredAt, self.row, self.order, self.kind, self.value) = (occurredAt, row, order, kind, value)
    (self.onHand, self.reserved, self.available) = (onHand, reserved, available)
  }
}

/// Everything that moved of one SKU at one location.
public struct StockHistory: Sendable, Hashable {
  /// Codes of the words.
  public var sku, location: Int64
  /// By (occurred, row).
  public private(set) var steps: [StockStep]

  /// - Parameter steps: In any order.
  public init(sku: Int64, location: Int64, steps: [StockStep]) {
    (self.sku, self.location) = (sku, location)
    self.steps = steps.sorted { ($0.occurredAt, $0.row) < ($1.occurredAt, $1.row) }
  }

  /// The steps in the order in which they were recorded.
  var asRecorded: [StockStep] { steps.sorted { $0.row < $1.row } }

  /// When goods were there for the first time, milliseconds; nil when they never were. From then on the SKU is active at
  /// the location: the store knows of no listing or delisting.
  public var activeSince: Int64? {
    var onHand: Int64 = 0
    for step in steps {
      onHand += Int64(step.onHand)
      if onHand > 0 { return step.occurredAt }
    }
    return nil
  }

  /// Units left to promise just before an instant.
  public func available(before instant: Int64) -> Int64 {
    steps.prefix { $0.occurredAt < instant }.reduce(0) { $0 + Int64($1.available) }
  }
}
