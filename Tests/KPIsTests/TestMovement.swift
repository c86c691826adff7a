import Columns
import KPIs
import OrderModel

/// A movement for tests, with what its kind does to the counters.
struct TestMovement {
  var at: Int64
  var kind: MovementKind
  var quantity: Int64
  var sku: Int64 = 1
  var location: Int64 = 1
  var order: Int64 = 0
  /// Minor units a unit.
  var cost: Int64 = 10
  var applied = true

  init(
    _ at: Int64, _ kind: MovementKind, _ quantity: Int64, sku: Int64 = 1, location: Int64 = 1, order: Int64 = 0,
    cost: Int64 = 10, applied: Bool = true
  ) {
    (self.at, self.kind, self.quantity, self.sku, self.location) = (at, kind, quantity, sku, location)
    (self.order, self.cost, self.applied) = (order, cost, applied)
  }

  /// What it adds to a counter.
  func change(of counter: StockCounter) -> Int64 {
    kind.effects.stock.filter { $0.counter == counter }.reduce(0) { $0 + $1.sign * quantity }
  }

  /// What it adds to the units left to promise.
  var available: Int64 {
    change(of: .onHand) - change(of: .reserved) - change(of: .damaged) - change(of: .held) - change(of: .safety)
  }

  func value(_ field: MovementField) -> Int64 {
    switch field {
    case .occurredAt: at
    case .sku: sku
    case .location: location
    case .category, .reason: 0
    case .kind: Int64(kind.rawValue)
    case .quantity: quantity
    case .onHandChange: change(of: .onHand)
    case .reservedChange: change(of: .reserved)
    case .valueChange: change(of: .onHand) * cost
    case .order: order
    case .line: 0
    case .applied: applied ? 1 : 0
    }
  }
}

/// A figure over `movements`, in two batches as a scan gives them.
func results(
  _ kpi: some LedgerKPI, of movements: [TestMovement], asOf: Int64, in period: Range<Int64> = Int64.min..<Int64.max,
  instants: [Int64] = [], cells: [Int32]? = nil, cellCount: Int = 1
) throws -> [KPIResult] {
  var fold = try kpi.fold(
    in: JudgingContext(asOf: asOf, period: period), instants: instants, cellCount: cellCount)
  let middle = movements.count / 2
  for range in [0..<middle, middle..<movements.count] {
    fold.add(
      Batch(
        firstRow: range.lowerBound, count: range.count, fields: kpi.fields,
        columns: kpi.fields.map { field in movements[range].map { $0.value(field) } }),
      cells: cells.map { Array($0[range]) })
  }
  return try fold.results()
}

/// Movements of three SKUs at two locations, on a few days, recorded in no order of time.
func randomMovements(_ count: Int, seed: UInt64) -> [TestMovement] {
  var generator = SeededGenerator(seed: seed)
  let kinds: [MovementKind] = [
    .receive, .receive, .adjust, .reserve, .reserve, .release, .ship, .ship, .blockDamaged, .blockSafety, .count,
    .backorder, .fill, .expect, .arrive, .quarantine,
  ]
  return (0..<count).map { _ in
    let kind = kinds.randomElement(using: &generator)!
    let isSigned = kind == .adjust || kind == .count || kind == .blockSafety
    return TestMovement(
      Int64.random(in: 0...40, using: &generator) * (day / 4), kind,
      Int64.random(in: isSigned ? -4...4 : 1...6, using: &generator),
      sku: Int64.random(in: 1...3, using: &generator), location: Int64.random(in: 1...2, using: &generator),
      order: Int64.random(in: 0...4, using: &generator), cost: Int64.random(in: 5...9, using: &generator),
      applied: Int.random(in: 0..<10, using: &generator) > 0)
  }
}

/// A SKU at a location, to group by in plain loops.
struct TestPlace: Hashable {
  var sku, location: Int64
}

extension [TestMovement] {
  /// The tracked movements before an instant, by SKU and location, in the order of recording.
  func places(before end: Int64) -> [TestPlace: [TestMovement]] {
    Dictionary(grouping: filter { $0.applied && $0.at < end }) { TestPlace(sku: $0.sku, location: $0.location) }
  }

  /// Units left to promise before an instant.
  func available(before instant: Int64) -> Int64 { reduce(0) { $1.at < instant ? $0 + $1.available : $0 } }

  /// When there was something on hand for the first time.
  var firstGoods: Int64? {
    Set(map(\.at)).sorted().first { instant in
      // Of one instant, in the order of recording.
      var onHand = filter { $0.at < instant }.reduce(0) { $0 + $1.change(of: .onHand) }
      return contains { movement in
        guard movement.at == instant else { return false }
        onHand += movement.change(of: .onHand)
        return onHand > 0
      }
    }
  }
}
