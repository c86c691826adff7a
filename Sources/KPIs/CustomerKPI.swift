public import Columns
public import OrderModel

/// A figure over customers, judged from the sequence of a customer's qualifying orders.
///
/// ``CustomerSequences`` gathers the sequences and calls the figure.
public protocol CustomerKPI: KPI {
  /// The columns that decide whether an order qualifies, `placedAt` and `customer` among them, without repetition.
  var qualifyingFields: [OrderField] { get }
  /// Writes `hit` for qualifying orders, exclusions for guests and for orders that do not qualify, all at the placed
  /// instant. Orders placed at or after as-of are outside.
  func qualify(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts)
  /// Judges one customer: appends a verdict for each cell the customer (for `order-share` and `interval`: each order or
  /// gap) belongs to.
  ///
  /// - Parameter orders: The customer's qualifying orders before as-of, by (placed, row), at least one. Those outside the
  ///   period are there too, since they say which order was the first.
  func judge(_ orders: ArraySlice<CustomerOrder>, in context: JudgingContext, into verdicts: inout CustomerVerdicts)
}

/// One qualifying order in a customer's sequence.
public struct CustomerOrder: Sendable, Hashable {
  /// Milliseconds.
  public var placedAt: Int64
  /// Where the order's own time bucket starts when the keys hold one, else where the period starts. Milliseconds.
  public var bucketStart: Int64
  public var row: UInt32
  /// The group cell of the order by the keys asked for; 0 when nothing is grouped. Read only for orders in the period.
  public var cell: Int32

  public init(placedAt: Int64, row: UInt32, cell: Int32 = 0, bucketStart: Int64 = Int64.min) {
    (self.placedAt, self.row, self.cell, self.bucketStart) = (placedAt, row, cell, bucketStart)
  }
}

/// The verdicts of a customer figure, one a (customer, cell), order or gap.
public struct CustomerVerdicts: Sendable {
  public private(set) var cells: [Int32] = []
  /// Codes as in ``Verdicts``.
  public private(set) var kinds: [UInt8] = []
  public private(set) var values: [Int64] = []
  /// The row of the order that puts the customer into the cell.
  public private(set) var rows: [UInt32] = []

  public init() {}

  public var count: Int { kinds.count }

  /// One verdict more, at the cell and row of `order`.
  public mutating func append(_ kind: UInt8, value: Int64 = 0, at order: CustomerOrder) {
    cells.append(order.cell)
    kinds.append(kind)
    values.append(value)
    rows.append(order.row)
  }

  public mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }
}
