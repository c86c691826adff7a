internal import ColumnStore
public import OrderModel

/// Earlier states: a store is a function of its log, so a prefix of the log is the state of that time.
extension OrderStore {
  /// The state after group `sequence`, refolded into a temporary file that nobody else sees.
  ///
  /// The newest state when `sequence` is the newest or later. Personal data stands outside the log and is not in it.
  /// Cost: one refold of the prefix, a few seconds a million orders.
  ///
  /// - Parameter temporaryDirectory: Takes about as much as the store. The file has no name there once this returns, and
  ///   its room is free again when the snapshot is gone.
  public func snapshot(at sequence: UInt64, temporaryDirectory: String) throws(StoreError) -> OrderSnapshot {
    let newest = try snapshot()
    if sequence >= newest.sequence { return newest }
    do throws(FileError) {
      let snapshot = try refolded(
        newest.snapshot, through: sequence, folding: OrderFold(), in: temporaryDirectory)
      return OrderSnapshot(snapshot, log: newest.snapshot, settings: settings, path: path)
    } catch { throw StoreError(error, path: path) }
  }

  /// What the store knew at `instant`: the state after the newest group recorded by then; empty before the first.
  public func snapshot(recordedBy instant: Instant, temporaryDirectory: String) throws(StoreError) -> OrderSnapshot {
    let newest = try snapshot()
    return try snapshot(
      at: try newest.sequence(recordedBy: instant), temporaryDirectory: temporaryDirectory)
  }

  /// The log up to `sequence` folded into a file of its own, which loses its name at once and so is gone with the
  /// snapshot, whatever happens to the process.
  func refolded(
    _ snapshot: Snapshot, through sequence: UInt64, folding: some FactFolding, in directory: String
  ) throws(FileError) -> Snapshot {
    let path = FileSystem.temporaryPath(in: directory)
    defer {
      FileSystem.remove(path)
      FileSystem.remove(path + "-lock")
    }
    // A small address space is for both files.
    let target = try StoreFile.create(
      path: path, schema: StoreSchema.schema, settings: settings.record,
      options: FileOptions(mapSizeBytes: options.mapSizeBytes.map { $0 * 2 }, durability: .unsynced))
    try snapshot.refold(through: sequence, into: target, folding: folding)
    return try Snapshot(of: target, folding: OrderFold())
  }
}

extension OrderSnapshot {
  /// The newest group recorded at or before `instant`; 0 when there is none. Cost: some twenty groups are read.
  func sequence(recordedBy instant: Instant) throws(StoreError) -> UInt64 {
    var (low, high): (UInt64, UInt64) = (0, sequence)
    while low < high {
      let middle = low + (high - low + 1) / 2
      var recordedAt = Int64.max
      try reading { () throws(FileError) in
        try log.forEachGroup(from: middle, through: middle) { recordedAt = $0.recordedAt }
      }
      if recordedAt <= instant.milliseconds { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
