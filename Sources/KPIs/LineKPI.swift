public import Columns
public import OrderModel

/// A column of order lines with those of their orders beside them.
public enum LineColumn: Sendable, Hashable {
  /// Of the line itself.
  case line(LineField)
  /// Of the line's order, repeated for each of its lines.
  case order(OrderField)
}

/// A figure over order lines, each judged from its own columns and those of its order.
///
/// The caller joins the order columns to the lines, computes a cell for each line (its SKU, its category, a key of its
/// order) and hands verdicts and cells to ``Accumulator/add(_:orders:cells:within:)``. Lines come in the order of their
/// rows, so that the lines of an order stand together.
public protocol LineKPI: KPI {
  /// The columns it reads, without repetition; `line(.order)` always among them.
  var columns: [LineColumn] { get }
  /// Writes one verdict for each line. Lines of orders placed at or after as-of are outside.
  func judge(_ batch: Batch<LineColumn>, in context: JudgingContext, into verdicts: inout Verdicts)
}
