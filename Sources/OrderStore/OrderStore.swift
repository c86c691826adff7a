internal import ColumnStore
internal import Dispatch
public import OrderModel
internal import Synchronization

/// An order store in one file: commands in, receipts out, snapshots to read.
///
/// Any thread may use it. Commands are written by one thread in group commits and are durable when they are answered.
/// Once the disk failed to take one (``StoreError/diskFailed(_:)``) no more are taken until the store is opened again.
/// Other processes may use the same file at the same time.
public final class OrderStore: Sendable {
  /// How a store is opened.
  public struct Options: Sendable, Hashable {
    /// When what was appended to the log is folded into columns.
    public enum Lag: Sendable, Hashable {
      /// With every commit: the test mode.
      case none
      /// Once this many bytes of facts wait, and when the store closes.
      case bytes(Int)
      /// Only when ``OrderStore/fold()`` is called or the store closes.
      case unbounded
    }

    /// What a receipt promises.
    public struct Durability: Sendable, Hashable {
      let mode: FileOptions.Durability

      /// The command is on the disk; every commit flushes twice.
      public static let commit = Durability(mode: .commit)
      /// The command is on the disk; a commit flushes once and is answered when the next one is written, at once when
      /// nothing else waits. Half the flushes where commands keep coming; none is lost either.
      public static let pipelined = Durability(mode: .pipelined)
      /// Nothing: nothing is flushed until ``OrderStore/close()``, and a power loss may destroy the store. For copies that
      /// are thrown away, and for tests.
      package static let unsynced = Durability(mode: .unsynced)
    }

    public var lag = Lag.bytes(1 << 20)
    public var durability = Durability.commit
    /// Address space for the file in bytes; nil takes 1 TiB.
    public var mapSizeBytes: Int?
    public var readOnly = false

    public init() {}

    var fileOptions: FileOptions {
      FileOptions(
        mapSizeBytes: mapSizeBytes, readOnly: readOnly, durability: durability.mode)
    }

    var foldLag: FoldLag {
      switch lag {
      case .none: .none
      case .bytes(let count): .bytes(count)
      case .unbounded: .unbounded
      }
    }
  }

  /// The file.
  public let path: String
  public let settings: StoreSettings
  public let options: Options
  let file: StoreFile
  private let queue: CommandQueue

  private init(
    path: String, settings: StoreSettings, options: Options, file: StoreFile,
    clock: @escaping @Sendable () -> Int64
  ) {
    (self.path, self.settings, self.options, self.file) = (path, settings, options, file)
    queue = CommandQueue(
      writer: LogWriter(file: file, folding: OrderFold(), lag: options.foldLag),
      isDurable: options.durability != .unsynced, path: path, clock: clock)
  }

  /// Makes a store in a new file.
  ///
  /// - Parameter clock: Tells the time of each commit in milliseconds, its `recordedAt`; the system's clock by default.
  /// - Throws: ``StoreError/exists(path:)`` when there is a file already.
  public static func create(
    path: String, settings: StoreSettings = StoreSettings(), options: Options = Options(),
    clock: (@Sendable () -> Int64)? = nil
  ) throws(StoreError) -> OrderStore {
    do throws(Refusal) { try settings.check() } catch { throw .refused(error) }
    if FileSystem.exists(path), !FileSystem.isEmpty(path) { throw .exists(path: path) }
    do throws(FileError) {
      let file = try StoreFile.create(
        path: path, schema: StoreSchema.schema, settings: settings.record, options: options.fileOptions)
      return OrderStore(path: path, settings: settings, options: options, file: file, clock: clock ?? FileSystem.now)
    } catch { throw StoreError(error, path: path) }
  }

  /// Opens the store at `path`.
  public static func open(
    path: String, options: Options = Options(), clock: (@Sendable () -> Int64)? = nil
  ) throws(StoreError) -> OrderStore {
    guard FileSystem.exists(path) else { throw .notFound(path: path) }
    let file: StoreFile
    do throws(FileError) {
      file = try StoreFile.open(path: path, schema: StoreSchema.schema, options: options.fileOptions)
    } catch { throw StoreError(error, path: path) }
    let settings: StoreSettings
    do throws(Damage) {
      settings = try StoreSettings(record: file.settings)
    } catch { throw .damaged("settings: \(error)") }
    return OrderStore(path: path, settings: settings, options: options, file: file, clock: clock ?? FileSystem.now)
  }

  // MARK: Commands

  /// Submits one command and waits for its receipt.
  ///
  /// - Throws: ``StoreError/refused(_:)`` when a rule says no.
  @available(*, noasync)
  @discardableResult
  public func submit(
    _ command: Command, idempotencyKey: String? = nil, ifVersion: UInt64? = nil
  ) throws(StoreError) -> Receipt {
    let results = try submit([Submission(command, idempotencyKey: idempotencyKey, ifVersion: ifVersion)])
    do throws(Refusal) { return try results[0].get() } catch { throw .refused(error) }
  }

  /// Submits commands that are judged in order; each is accepted or refused by itself.
  ///
  /// What fits into one commit is written as a whole. When a later commit fails the error is thrown for all; what was
  /// written before it stands, and submitting again is harmless for what has a number or an idempotency key.
  ///
  /// - Returns: A receipt or a refusal for each.
  @available(*, noasync)
  public func submit(_ submissions: [Submission]) throws(StoreError) -> [Result<Receipt, Refusal>] {
    if submissions.isEmpty { return [] }
    if options.readOnly { throw .readOnly(path: path) }
    let done = DispatchSemaphore(value: 0)
    let slot = Slot()
    queue.submit(submissions) { result in
      slot.result.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    return try slot.result.withLock { $0! }.get()
  }

  private final class Slot: Sendable {
    let result = Mutex<Result<[Result<Receipt, Refusal>], StoreError>?>(nil)
  }

  /// Submits commands and has `answer` called on the writer's thread, where nothing else is written meanwhile.
  package func submit(
    _ submissions: [Submission],
    then answer: @escaping @Sendable (Result<[Result<Receipt, Refusal>], StoreError>) -> Void
  ) {
    queue.submit(submissions, answer)
  }

  /// Submits one command without blocking a thread.
  @discardableResult
  public func submit(
    _ command: Command, idempotencyKey: String? = nil, ifVersion: UInt64? = nil
  ) async throws(StoreError) -> Receipt {
    if options.readOnly { throw .readOnly(path: path) }
    let result = await withCheckedContinuation { continuation in
      queue.submit([Submission(command, idempotencyKey: idempotencyKey, ifVersion: ifVersion)]) {
        continuation.resume(returning: $0)
      }
    }
    let results = try result.get()
    do throws(Refusal) { return try results[0].get() } catch { throw .refused(error) }
  }

  /// Judges a command as `submit` does, against the newest state, and writes
  /// nothing.
  ///
  /// - Throws: ``StoreError/refused(_:)`` when a rule says no, as the command itself would.
  @available(*, noasync)
  public func rehearse(
    _ command: Command, idempotencyKey: String? = nil, ifVersion: UInt64? = nil
  ) throws(StoreError) -> Rehearsal {
    if options.readOnly { throw .readOnly(path: path) }
    if queue.isClosed { throw .closed }
    let submission = Submission(command, idempotencyKey: idempotencyKey, ifVersion: ifVersion)
    switch try queue.rehearse(submission) {
    case .failure(let refusal): throw .refused(refusal)
    case .success(let (receipt, state, group)):
      let snapshot = OrderSnapshot(state, settings: settings, path: path)
      do throws(Damage) {
        return Rehearsal(receipt: receipt, changes: try snapshot.records(of: group))
      } catch { throw .damaged("the facts of a rehearsal: \(error)") }
    }
  }

  // MARK: Reading and care

  /// The newest state, to be read.
  public func snapshot() throws(StoreError) -> OrderSnapshot {
    do throws(FileError) {
      return OrderSnapshot(try Snapshot(of: file, folding: OrderFold()), settings: settings, path: path)
    } catch { throw StoreError(error, path: path) }
  }

  /// Folds what was appended and not folded yet.
  @available(*, noasync)
  public func fold() throws(StoreError) {
    if options.readOnly { throw .readOnly(path: path) }
    if queue.isClosed { throw .closed }
    try queue.fold()
  }

  /// Writes what is queued, folds it and brings it to the disk. Commands that come later are refused.
  @available(*, noasync)
  public func close() throws(StoreError) {
    queue.close()
    if options.readOnly { return }
    try queue.fold()
    if options.durability != .commit {
      do throws(FileError) { try file.sync() } catch { throw StoreError(error, path: path) }
    }
  }

  /// Copies the newest commit to `path`, which becomes visible when all of it is on the disk.
  @available(*, noasync)
  public func backup(to path: String) throws(StoreError) {
    if FileSystem.exists(path) { throw .exists(path: path) }
    do throws(FileError) { try file.copy(to: path) } catch { throw StoreError(error, path: path) }
  }
}

extension OrderStore {
  /// What the engine says of the file, as names and values for people.
  package func engineFacts() throws(StoreError) -> [(String, String)] {
    do throws(FileError) {
      let facts = try file.facts()
      return [
        ("pages", "\(facts.pageCount)"), ("page_size", "\(facts.pageSize)"), ("map_size", "\(facts.mapSizeBytes)"),
        ("readers", "\(facts.readersUsed) of \(facts.readersMax)"), ("engine", facts.engineVersion),
      ]
    } catch { throw StoreError(error, path: path) }
  }
}
