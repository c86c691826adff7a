internal import LMDB

/// When a writer folds what it appended.
package enum FoldLag: Sendable, Hashable {
  /// With every commit: the test mode.
  case none
  /// Once the tail holds more than this many bytes of facts, and when asked to.
  case bytes(Int)
  /// Only when asked to.
  case unbounded

  func isExceeded(by byteCount: Int) -> Bool {
    switch self {
    case .none: byteCount > 0
    case .bytes(let limit): byteCount > limit
    case .unbounded: false
    }
  }
}

/// Appends groups to the log and folds them, keeping the decoded tail between commits.
///
/// Used by one thread; other processes may write between its commits, which it notices and catches up with.
package final class LogWriter<Folding: FactFolding> {
  package let file: StoreFile
  private let folding: Folding
  private let lag: FoldLag
  /// What is known of the file; nil after a failure, until it is read again.
  private var tail: Tail?
  private var foldedThrough: UInt64 = 0
  private var bytesSinceRelease = 0
  /// Facts after whose writing the pages of the map that were touched are let go.
  private static var bytesBetweenReleases: Int { 256 << 10 }

  package init(file: StoreFile, folding: Folding, lag: FoldLag) {
    (self.file, self.folding, self.lag) = (file, folding, lag)
  }

  /// Runs `body` in a write transaction that sees the newest state; commits what it appended as one group.
  ///
  /// - Parameter clock: The time of the commit in milliseconds; the group's `recordedAt` is this or the previous
  ///   group's, whichever is later.
  /// - Returns: What `body` returned, the newest sequence (a new one only if facts were appended), and the engine's
  ///   commit that must be on the disk before anyone is told.
  @available(*, noasync)
  package func commit<Result, Failure: Error>(
    clock: Int64, onFileError convert: (FileError) -> Failure,
    _ body: (inout WriteSession<Folding>) throws(Failure) -> Result
  ) throws(Failure) -> (result: Result, sequence: UInt64, transactionID: Int) {
    // Moved, not copied: a second owner would make the first change copy everything.
    var known = tail.take()
    let foldedThrough = foldedThrough
    let (result, after, folded, appended, transactionID) = try file.environment.write(onEngineError: {
      convert(.engine($0))
    }) {
      (transaction) throws(Failure) -> (Result, Tail, UInt64, Int, Int) in
      var session: WriteSession<Folding>
      var folded: UInt64
      do throws(FileError) {
        let tail = try current(&known, foldedThrough, in: transaction)
        folded = try file.state(in: transaction).foldedThrough
        session = WriteSession(file: file, folding: folding, tail: consume tail, transaction: transaction)
      } catch { throw convert(error) }
      do throws(Failure) {
        let known = session.tail.byteCount
        let result = try body(&session)
        var after: Tail
        let appended: Int
        do throws(FileError) {
          try session.finish(clock: clock)
          after = session.tail
          appended = after.byteCount - known
          if lag.isExceeded(by: after.byteCount) {
            try session.fold()
            folded = after.sequence
            after = Tail(schema: file.schema, state: after.foldedState)
          }
        } catch { throw convert(error) }
        transaction = session.end()
        return (result, after, folded, appended, transaction.visibleTransactionID)
      } catch {
        transaction = session.end()
        throw error
      }
    }
    bytesSinceRelease += appended
    if bytesSinceRelease >= Self.bytesBetweenReleases {
      // A long import would otherwise hold its whole file resident.
      file.environment.releaseResidentPages()
      bytesSinceRelease = 0
    }
    (tail, self.foldedThrough) = (after, folded)
    return (result, after.sequence, transactionID)
  }

  /// The newest state: what is known already, caught up with other processes, or read anew.
  private func current(
    _ known: inout Tail?, _ foldedThrough: UInt64, in transaction: borrowing WriteTransaction
  ) throws(FileError) -> Tail {
    let state = try file.state(in: transaction)
    if state.foldedThrough != foldedThrough { known = nil }
    var tail = known.take() ?? Tail(schema: file.schema, state: state)
    let head = try file.head(in: transaction)
    try file.extend(&tail, through: head, folding: folding, in: transaction)
    return tail
  }

  /// Folds whatever is not folded yet.
  @available(*, noasync)
  package func fold() throws(FileError) {
    file.environment.releaseResidentPages()
    defer { file.environment.releaseResidentPages() }
    var known = tail.take()
    let foldedThrough = foldedThrough
    let state = try file.environment.write(onEngineError: { FileError.engine($0) }) {
      (transaction) throws(FileError) -> FoldState in
      let tail = try current(&known, foldedThrough, in: transaction)
      guard !tail.isEmpty else { return try file.state(in: transaction) }
      var folder = Folder(file: file, tail: tail)
      try folder.fold(into: &transaction)
      return tail.foldedState
    }
    self.foldedThrough = state.foldedThrough
    tail = Tail(schema: file.schema, state: state)
  }
}
