public import Columns
public import OrderModel

/// A column of credit notes with those of the orders they credit beside them.
public enum CreditColumn: Sendable, Hashable {
  /// Of the credit note itself.
  case credit(CreditField)
  /// Of the order it credits; any value where it names none (`credit(.order)` is 0).
  case order(OrderField)
}

/// The part of a figure that credit notes make.
public protocol CreditKPI: KPI {
  /// The columns it reads, without repetition.
  var columns: [CreditColumn] { get }
  /// Writes one verdict for each credit note. Those given at or after as-of are outside.
  func judge(_ batch: Batch<CreditColumn>, in context: JudgingContext, into verdicts: inout Verdicts)
}
