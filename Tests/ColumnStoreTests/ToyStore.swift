import ColumnStore
import Testing

/// A toy store that is written, folded, closed and opened again.
final class ToyStore {
  let path: String
  let lag: FoldLag
  private(set) var file: StoreFile!
  private(set) var writer: LogWriter<ToyFolding>!

  init(path: String, lag: FoldLag) throws {
    (self.path, self.lag) = (path, lag)
    file = try StoreFile.create(path: path, schema: Toy.schema, settings: [1, 2, 3], options: .quick)
    writer = LogWriter(file: file, folding: ToyFolding(), lag: lag)
  }

  @discardableResult
  func commit(_ facts: [ToyFact], clock: Int64 = 0) throws(FileError) -> UInt64 {
    try writer.commit(clock: clock, onFileError: { $0 }) { (session) throws(FileError) in
      // Each fact on its own, as a command would.
      for fact in facts { try session.append(facts: ToyFact.bytes([fact])) }
    }.sequence
  }

  /// Another writer on the same file, as another process would have.
  func secondWriter(lag: FoldLag? = nil) -> LogWriter<ToyFolding> {
    LogWriter(file: file, folding: ToyFolding(), lag: lag ?? self.lag)
  }

  func snapshot() throws(FileError) -> Snapshot { try Snapshot(of: file, folding: ToyFolding()) }

  /// Closes the file and opens it again.
  func reopen() throws {
    file = nil
    writer = nil
    file = try StoreFile.open(path: path, schema: Toy.schema, options: .quick)
    writer = LogWriter(file: file, folding: ToyFolding(), lag: lag)
  }

  /// The log folded from nothing into a file of its own.
  func refolded(to path: String) throws -> Snapshot {
    let snapshot = try snapshot()
    let target = try StoreFile.create(path: path, schema: Toy.schema, settings: [], options: .quick)
    try snapshot.refold(through: snapshot.foldedThrough, into: target, folding: ToyFolding())
    return try Snapshot(of: target, folding: ToyFolding())
  }
}
