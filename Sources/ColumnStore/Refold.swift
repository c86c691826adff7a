internal import LMDB

/// Folds a log from nothing into another file: the other way to every derived figure.
enum Refold {
  /// Facts decoded before they are written back; bounds the memory.
  private static let stepByteCount = 4 << 20

  static func run(
    _ source: StoreFile, in transaction: borrowing ReadTransaction, through last: UInt64, into target: StoreFile,
    folding: some FactFolding
  ) throws(FileError) {
    var tail = Tail(schema: source.schema, state: FoldState(schema: source.schema))
    guard last >= 1 else { return }
    try Log.forEachGroup(in: 1...last, previousChecksum: 0, in: transaction, of: source) {
      (group) throws(FileError) in
      try source.apply(group, to: &tail, folding: folding)
      if tail.byteCount >= stepByteCount {
        try flush(&tail, into: target)
        source.environment.releaseResidentPages()
        target.environment.releaseResidentPages()
      }
    }
    if !tail.isEmpty { try flush(&tail, into: target) }
  }

  private static func flush(_ tail: inout Tail, into target: StoreFile) throws(FileError) {
    let folded = tail
    try target.environment.write(onEngineError: { FileError.engine($0) }) { (transaction) throws(FileError) in
      var folder = Folder(file: target, tail: folded)
      try folder.fold(into: &transaction)
    }
    tail = Tail(schema: target.schema, state: folded.foldedState)
  }
}
