public import Columns
public import OrderModel

/// Gathers movements into the histories of SKUs at locations, 40 bytes a movement, and asks a figure of each cell.
public struct StockFold: LedgerFold {
  /// The columns it reads.
  public static let fields: [MovementField] = [
    .occurredAt, .sku, .location, .kind, .quantity, .onHandChange, .reservedChange, .valueChange, .order, .applied,
  ]

  private struct Place: Hashable {
    var cell: Int32
    var sku, location: Int64
  }

  private let kpi: any StockKPI
  private let context: JudgingContext
  private let cellCount: Int
  private var places: [Place: Int] = [:]
  private var steps: [[StockStep]] = []
  private var untracked: [Int64]

  /// What a unit of each kind takes from what can be sold, beside on hand and reserved.
  private static let blocked: [Int64] = {
    var blocked = [Int64](repeating: 0, count: 256)
    for kind in MovementKind.allCases {
      for change in kind.effects.stock {
        switch change.counter {
        case .damaged, .held, .safety: blocked[Int(kind.rawValue)] += change.sign
        default: break
        }
      }
    }
    return blocked
  }()

  init(_ kpi: any StockKPI, in context: JudgingContext, cellCount: Int) {
    (self.kpi, self.context, self.cellCount) = (kpi, context, cellCount)
    untracked = Array(repeating: 0, count: cellCount)
  }

  public mutating func add(_ batch: Batch<MovementField>, cells: [Int32]?) {
    let (occurred, kinds, applied) = (batch[.occurredAt], batch[.kind], batch[.applied])
    let (skus, locations, orders) = (batch[.sku], batch[.location], batch[.order])
    let (quantities, values) = (batch[.quantity], batch[.valueChange])
    let (onHand, reserved) = (batch[.onHandChange], batch[.reservedChange])
    for row in 0..<batch.count {
      let cell = cells?[row] ?? 0
      // Of a kit the components' movements are stock.
      guard cell >= 0, applied[row] != 2, occurred[row] < context.end, InstantColumn.isInstant(occurred[row]),
        let kind = MovementKind(rawValue: UInt8(truncatingIfNeeded: kinds[row]))
      else { continue }
      guard applied[row] != 0 else {
        if kind == .ship, occurred[row] >= context.period.lowerBound { untracked[Int(cell)] += 1 }
        continue
      }
      let available = onHand[row] - reserved[row] - quantities[row] * Self.blocked[Int(kind.rawValue)]
      append(
        StockStep(
          occurredAt: occurred[row], row: UInt32(truncatingIfNeeded: batch.firstRow + row),
          order: UInt32(truncatingIfNeeded: orders[row]), onHand: Int32(truncatingIfNeeded: onHand[row]),
          reserved: Int32(truncatingIfNeeded: reserved[row]), available: Int32(truncatingIfNeeded: available),
          kind: kind, value: values[row]),
        to: Place(cell: cell, sku: skus[row], location: locations[row]))
    }
  }

  private mutating func append(_ step: StockStep, to place: Place) {
    if let known = places[place] {
      steps[known].append(step)
    } else {
      places[place] = steps.count
      steps.append([step])
    }
  }

  public func results() throws(KPIError) -> [KPIResult] {
    let sorted = places.sorted {
      ($0.key.cell, $0.key.sku, $0.key.location) < ($1.key.cell, $1.key.sku, $1.key.location)
    }
    let histories = sorted.map { StockHistory(sku: $0.key.sku, location: $0.key.location, steps: steps[$0.value]) }
    var results: [KPIResult] = []
    var start = 0
    for cell in 0..<cellCount {
      var end = start
      while end < sorted.count, sorted[end].key.cell == cell { end += 1 }
      results.append(try kpi.result(of: histories[start..<end], untracked: untracked[cell], in: context))
      start = end
    }
    return results
  }
}
