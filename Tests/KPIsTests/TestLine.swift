import Columns
import KPIs
import OrderModel

/// An order line for tests, with its order.
struct TestLine {
  var order: Int
  var sku: Int32
  var quantity: Int64
  var listPrice: Int64
  var cancelled: Int64 = 0

  func value(_ column: LineColumn, orders: [TestOrder]) -> Int64 {
    switch column {
    case .line(.order): Int64(order)
    case .line(.quantity): quantity
    case .line(.listPrice): listPrice
    case .line(.cancelledBefore): cancelled
    case .line: 0
    case .order(let field): orders[order][field]
    }
  }

  /// The lines of G1 by its order indexes; SKU 0 is A, 1 is B, 2 is C.
  static let golden: [TestLine] = [
    TestLine(order: 0, sku: 0, quantity: 2, listPrice: 100), TestLine(order: 1, sku: 1, quantity: 1, listPrice: 50),
    TestLine(order: 2, sku: 0, quantity: 1, listPrice: 100),
    TestLine(order: 2, sku: 1, quantity: 3, listPrice: 50, cancelled: 1),
    TestLine(order: 3, sku: 1, quantity: 1, listPrice: 50, cancelled: 1),
    TestLine(order: 4, sku: 2, quantity: 10, listPrice: 2_500),
    TestLine(order: 5, sku: 0, quantity: 2, listPrice: 100), TestLine(order: 6, sku: 0, quantity: 1, listPrice: 100),
    TestLine(order: 7, sku: 0, quantity: 1, listPrice: 100), TestLine(order: 8, sku: 1, quantity: 1, listPrice: 50),
    TestLine(order: 9, sku: 0, quantity: 1, listPrice: 100),
  ]
}

/// The figure by SKU at the grain of lines.
func results(
  bySKU kpi: any LineKPI, of lines: [TestLine], orders: [TestOrder], asOf: Int64, skuCount: Int,
  in period: Range<Int64> = Int64.min..<Int64.max
) throws -> [KPIResult] {
  let batch = Batch(
    firstRow: 0, count: lines.count, fields: kpi.columns,
    columns: kpi.columns.map { column in lines.map { $0.value(column, orders: orders) } })
  var verdicts = Verdicts()
  kpi.judge(batch, in: JudgingContext(asOf: asOf), into: &verdicts)
  var accumulator = Accumulator(kpi.definition, cellCount: skuCount)
  accumulator.add(verdicts, orders: batch[.line(.order)], cells: lines.map(\.sku), within: period)
  return try accumulator.results()
}
