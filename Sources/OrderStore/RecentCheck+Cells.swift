internal import ColumnStore
internal import OrderModel

/// The stock cells that the newest groups touched: with their movements taken back, and at each of them again, counters
/// stay within their bounds.
extension RecentCheck {
  /// A cell before the movements, and what they add to it.
  private struct Replay {
    var row: Int
    var sum: [StockCounter: Int64] = [:]
    var value: Int64 = 0
    var movements: [Int] = []
  }

  func checkCells(_ findings: inout Findings) throws(StoreError) {
    var replays: [Int64: Replay] = [:]
    for row in Array(added(.stock)) + changed(.stock) where row < snapshot.count(.stock) {
      let sku = try snapshot.value(row, StockColumn.sku)
      replays[sku << 32 | (try snapshot.value(row, StockColumn.location))] = Replay(row: row)
    }
    cellCount = replays.count
    rowsRead += cellCount
    for row in added(.movements) where told(row, MovementColumn.applied) == 1 {
      guard let sku = told(row, MovementColumn.sku), let location = told(row, MovementColumn.location),
        let kind = kind(of: row), let quantity = told(row, MovementColumn.quantity),
        replays[sku << 32 | location] != nil
      else {
        findings.note("movement \(row): there is no such kind or stock cell")
        continue
      }
      for effect in kind.effects.stock {
        replays[sku << 32 | location]?.sum[effect.counter, default: 0] &+= effect.sign &* quantity
      }
      replays[sku << 32 | location]?.value &+= told(row, MovementColumn.valueChange) ?? 0
      replays[sku << 32 | location]?.movements.append(row)
    }
    for replay in replays.values.sorted(by: { $0.row < $1.row }) { try check(replay, &findings) }
  }

  private func kind(of row: Int) -> MovementKind? {
    told(row, MovementColumn.kind).flatMap { MovementKind(rawValue: UInt8(truncatingIfNeeded: $0)) }
  }

  private func check(_ replay: Replay, _ findings: inout Findings) throws(StoreError) {
    let row = replay.row
    let before = try InventoryCounters { (counter) throws(StoreError) in
      try snapshot.value(row, StockColumn.of(counter)) &- (replay.sum[counter] ?? 0)
    }
    guard var counters = before else {
      return findings.note("stock cell \(row): its counters without the movements since then leave their bounds")
    }
    var value = try snapshot.value(row, StockColumn.value) &- replay.value
    if value < 0 { findings.note("stock cell \(row): the stock was worth less than nothing") }
    if added(.stock).contains(row), counters != InventoryCounters() || value != 0 {
      findings.note("stock cell \(row): its counters are not what its movements come to")
    }
    for movement in replay.movements {
      guard let kind = kind(of: movement), let quantity = told(movement, MovementColumn.quantity) else { continue }
      do throws(InventoryError) { try counters.apply(kind, quantity) } catch {
        return findings.note("movement \(movement): \(kind.name) of \(quantity) breaks the counters: \(error)")
      }
      value &+= told(movement, MovementColumn.valueChange) ?? 0
      if value < 0 { findings.note("movement \(movement): the stock is worth less than nothing") }
    }
  }
}
