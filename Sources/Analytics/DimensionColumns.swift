internal import Columns
internal import KPIs
internal import OrderModel

/// The codes of a batch of orders in the dimensions asked for, each column made once.
final class DimensionColumns {
  private let batch: Batch<OrderField>
  private let context: JudgingContext
  private var known: [Dimension: [Int64]]

  /// - Parameter known: Columns that are not those of an order: SKU and category of lines, the reason of credit notes.
  init(_ batch: Batch<OrderField>, in context: JudgingContext, known: [Dimension: [Int64]] = [:]) {
    (self.batch, self.context, self.known) = (batch, context, known)
  }

  /// A column for each dimension, nil for time buckets.
  func codes(of dimensions: [Dimension]) -> [[Int64]?] {
    dimensions.map { dimension in
      if let column = known[dimension] { return column }
      let column = dimension.codes(of: batch, in: context)
      known[dimension] = column
      return column
    }
  }
}
