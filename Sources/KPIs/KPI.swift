public import Columns
public import OrderModel

/// A key figure with one exact meaning (a variant is a figure of its own).
public protocol KPI: Sendable {
  var definition: Definition { get }
}

/// What judging needs besides the rows.
public struct JudgingContext: Sendable, Hashable {
  /// Events with an instant before this have happened; deadlines before it are over. Milliseconds.
  public var asOf: Int64
  /// The period asked for, half-open, milliseconds; `Int64.min ..< Int64.max` without one.
  public var period: Range<Int64>

  public init(asOf: Int64, period: Range<Int64> = Int64.min..<Int64.max) {
    (self.asOf, self.period) = (asOf, period)
  }

  /// Whether the node with this column value was reached before as-of; a time-missing node was.
  @inlinable public func isReached(_ value: Int64) -> Bool {
    value == InstantColumn.unknown || (value > InstantColumn.unknown && value < asOf)
  }
}

/// A figure over orders, judged row by row from an order's own columns.
public protocol OrderKPI: KPI {
  /// The columns it reads.
  var fields: [OrderField] { get }
  /// Writes one verdict for each row. Orders placed at or after as-of are outside.
  func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts)
}

/// A figure over customers, judged from the sequence of a customer's qualifying orders.
public protocol CustomerKPI: KPI {
  /// The columns that decide whether an order qualifies; `placedAt` and `customer` are always read.
  var qualifyingFields: [OrderField] { get }
  /// Writes `hit` for qualifying orders, exclusions for guests and for orders that do not qualify.
  func qualify(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts)
  /// Judges one customer. `orders` are the qualifying ones before as-of, by (placed, row).
  ///
  /// `emit(cell, kind, value)` is called once for each cell the customer (for `order-share` and `interval`: each order
  /// or gap) belongs to; the cell is that of the order which puts it there.
  func judge(
    _ orders: ArraySlice<CustomerOrder>, in context: JudgingContext,
    emit: (_ cell: Int32, _ kind: UInt8, _ value: Int64) -> Void)
}

/// One qualifying order in a customer's sequence.
public struct CustomerOrder: Sendable, Hashable {
  /// Milliseconds.
  public var placedAt: Int64
  public var row: UInt32
  /// The group cell of the order by the keys asked for; 0 when nothing is grouped.
  public var cell: Int32

  public init(placedAt: Int64, row: UInt32, cell: Int32) {
    (self.placedAt, self.row, self.cell) = (placedAt, row, cell)
  }
}
