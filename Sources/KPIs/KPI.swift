public import Columns
public import OrderModel

/// A key figure with one exact meaning (a variant is a figure of its own).
public protocol KPI: Sendable {
  var definition: Definition { get }
  /// The options it takes.
  var options: Set<KPIOptions.Name> { get }
  /// The same figure as the options ask; those that it does not take change nothing.
  func with(_ options: KPIOptions) -> any KPI
}

/// A figure over orders, judged row by row from an order's own columns.
public protocol OrderKPI: KPI {
  /// The columns it reads, without repetition.
  var fields: [OrderField] { get }
  /// Writes one verdict for each row. Orders placed at or after as-of are outside.
  func judge(_ batch: Batch<OrderField>, in context: JudgingContext, into verdicts: inout Verdicts)
  /// The same figure at the grain of order lines, for grouping by SKU or category; nil when an order's part in it
  /// cannot be divided among its lines (a discount on the whole order, say).
  var ofLines: (any LineKPI)? { get }
  /// What credit notes add to the figure (to be added to the same cells), nil when nothing.
  var ofCredits: (any CreditKPI)? { get }
}

extension OrderKPI {
  public var ofLines: (any LineKPI)? { nil }
  public var ofCredits: (any CreditKPI)? { nil }
}
