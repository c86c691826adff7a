import Columns
import KPIs
import OrderModel

/// An order for tests: what is not set is absent.
struct TestOrder {
  var values: [OrderField: Int64]

  init(placedAt: Int64, _ values: [OrderField: Int64] = [:]) {
    self.values = values
    self.values[.placedAt] = placedAt
  }

  subscript(field: OrderField) -> Int64 {
    get { values[field] ?? Self.absent(field) }
    set { values[field] = newValue }
  }

  /// The column value of a field nobody set.
  static func absent(_ field: OrderField) -> Int64 {
    switch field {
    case .placedAt, .shipBy, .deliverBy, .firstActAt, .firstHumanActAt, .reached, .firstReached,
      .told(.lastEntryAt):
      InstantColumn.none
    default: 0
    }
  }
}

/// A batch of `orders` with just the columns `fields`.
func batch(of orders: [TestOrder], fields: [OrderField], firstRow: Int = 0) -> Batch<OrderField> {
  Batch(
    firstRow: firstRow, count: orders.count, fields: fields,
    columns: fields.map { field in orders.map { $0[field] } })
}

/// The verdicts of a figure over `orders`.
func verdicts(_ kpi: some OrderKPI, of orders: [TestOrder], asOf: Int64) -> Verdicts {
  var verdicts = Verdicts()
  kpi.judge(batch(of: orders, fields: kpi.fields), in: JudgingContext(asOf: asOf), into: &verdicts)
  return verdicts
}

/// The figure over `orders`, attributed as it defines or to the day they were placed.
func result(
  _ kpi: some OrderKPI, of orders: [TestOrder], asOf: Int64, in period: Range<Int64> = Int64.min..<Int64.max,
  byCreated: Bool = false
) throws -> KPIResult {
  var verdicts = verdicts(kpi, of: orders, asOf: asOf)
  if byCreated { verdicts.attribute(to: orders.map { $0[.placedAt] }) }
  var accumulator = Accumulator(kpi.definition)
  accumulator.add(verdicts, within: period)
  return try accumulator.result()
}

/// The verdict of one order in words: `hit`, `miss`, `pending`, `outside`, or the reason it was excluded for.
func verdict(_ kpi: some OrderKPI, of order: TestOrder, asOf: Int64) -> String {
  name(of: verdicts(kpi, of: [order], asOf: asOf).kinds[0], in: kpi.definition)
}

func name(of kind: UInt8, in definition: Definition) -> String {
  switch kind {
  case Verdicts.outside: "outside"
  case Verdicts.hit: "hit"
  case Verdicts.miss: "miss"
  case Verdicts.pending: "pending"
  default: definition.exclusions[Int(kind - Verdicts.firstExclusion)]
  }
}

let minute: Int64 = 60_000
let hour: Int64 = 3_600_000
let day: Int64 = 86_400_000
