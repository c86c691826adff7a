internal import ColumnStore
public import OrderModel

/// Earlier states: a store is a function of its log, so a prefix of the log is the state of that time.
extension OrderStore {
  /// The state after group `sequence`, refolded into a temporary file that nobody else sees.
  ///
  /// The newest state when `sequence` is the newest or later. Personal data stands outside the log and is not in it.
  /// Cost: one refold of the prefix, about a second a million orders.
  public func snapshot(at sequence: UInt64, temporaryDirectory: String) throws(StoreError) -> OrderSnapshot {
    let newest = try snapshot()
    if sequence >= newest.sequence { return newest }
    let path = FileSystem.temporaryPath(in: temporaryDirectory)
    defer {
      // The file stays readable to whoever has it open.
      FileSystem.remove(path)
      FileSystem.remove(path + "-lock")
    }
    do throws(FileError) {
      let target = try StoreFile.create(
        path: path, schema: StoreSchema.schema, settings: settings.record,
        options: FileOptions(durability: .unsynced))
      try newest.snapshot.refold(through: sequence, into: target, folding: OrderFold())
      return OrderSnapshot(try Snapshot(of: target, folding: OrderFold()), settings: settings, path: self.path)
    } catch { throw StoreError(error, path: path) }
  }

  /// What the store knew at `instant`: the state after the newest group recorded by then; empty before the first.
  public func snapshot(recordedBy instant: Instant, temporaryDirectory: String) throws(StoreError) -> OrderSnapshot {
    let newest = try snapshot()
    return try snapshot(
      at: try newest.sequence(recordedBy: instant), temporaryDirectory: temporaryDirectory)
  }
}

extension OrderSnapshot {
  /// The newest group recorded at or before `instant`; 0 when there is none.
  func sequence(recordedBy instant: Instant) throws(StoreError) -> UInt64 {
    var (low, high): (UInt64, UInt64) = (0, sequence)
    while low < high {
      let middle = low + (high - low + 1) / 2
      var recordedAt = Int64.max
      try reading { () throws(FileError) in
        try snapshot.forEachGroup(from: middle, through: middle) { recordedAt = $0.recordedAt }
      }
      if recordedAt <= instant.milliseconds { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
