internal import CLMDB
internal import Glibc
internal import Synchronization

/// One open LMDB file with the lock file beside it.
///
/// A process has at most one environment per file: opening the file again, by whatever path, gives the same object.
/// It closes when the last reference to it, to its transactions included, is gone.
///
/// A file opened by two *processes* through different hard links has two lock files; do not do that.
@safe
public final class Environment: Sendable {
  /// The largest value, in bytes.
  public static let largestValueByteCount = 1 << 24
  /// The largest key, in bytes.
  public static let largestKeyByteCount = 511

  /// The file's path, symbolic links resolved.
  public let path: String
  public let options: EnvironmentOptions

  nonisolated(unsafe) let handle: OpaquePointer
  let identity: FileIdentity
  /// None where a read-only file system has no lock file.
  let lockIdentity: FileIdentity?
  /// The fork generation of the process that opened it.
  let generation: Int
  /// Tells the databases of one environment from those of another.
  let serial: Int
  let pageSize: Int

  let openDatabases = Mutex<[String: Database]>([:])
  /// Held while a read transaction meets a database for the first time.
  let firstTouch = Mutex<Void>(())
  /// The thread with a write transaction, or 0.
  let writerThread = Atomic<UInt>(0)
  /// The last page number when stale readers were last looked for.
  let pagesAtReaderCheck = Atomic<Int>(0)
  /// Where the file is mapped, once that was asked; 0 before. The map never moves, as it is never resized.
  let mapAddress = Atomic<UInt>(0)

  let syncedThroughCommit = Atomic<Int>(0)
  let mustCommitWhole = Atomic<Bool>(true)
  let hasFailedFlush = Atomic<Bool>(false)

  private static let serials = Atomic<Int>(0)

  /// Opens, or makes, the file at `path`.
  ///
  /// - Throws: ``ErrorCode/alreadyOpenDifferently`` when this process has it open with other options,
  ///   ``ErrorCode/noMemory`` when the address space has no room for the map, and what the system reports.
  public static func open(
    path: String, options: EnvironmentOptions = EnvironmentOptions()
  ) throws(LMDBError) -> Environment {
    ForkGuard.install()
    return try EnvironmentRegistry.environment(at: path, options: options) { (path) throws(LMDBError) in
      try Environment(openingOnly: path, options: options)
    }
  }

  /// Opens a file this process does not have open. The registry is locked.
  private init(openingOnly path: String, options: EnvironmentOptions) throws(LMDBError) {
    let operation = "open \(path)"
    guard options.mapSizeBytes > 0, (1...65_536).contains(options.maxReaders),
      (1...4_096).contains(options.maxDatabases)
    else { throw LMDBError(.invalidArgument, during: operation) }
    guard options.allowsRemoteFileSystem || !FileSystem.isRemote(at: path) else {
      throw LMDBError(.remoteFileSystem, during: operation)
    }
    // Told before the engine makes a lock file beside something that is none of its files.
    guard FileSystem.mayBeEnvironment(path, acceptsEmpty: options.createIfMissing && !options.readOnly) else {
      throw LMDBError(.invalid, during: operation)
    }

    var created: OpaquePointer?
    try Call.run(operation, on: path) { unsafe mdb_env_create(&created) }
    guard let handle = unsafe created else { throw LMDBError(.noMemory, during: operation) }
    var flags = EngineFlags.noSubdirectory | EngineFlags.noThreadLocalStorage | options.durability.flags
    if options.readOnly { flags |= EngineFlags.readOnly }
    do throws(LMDBError) {
      try Call.run(operation, on: path) { unsafe mdb_env_set_mapsize(handle, options.mapSizeBytes) }
      try Call.run(operation, on: path) { unsafe mdb_env_set_maxreaders(handle, UInt32(options.maxReaders)) }
      try Call.run(operation, on: path) { unsafe mdb_env_set_maxdbs(handle, UInt32(options.maxDatabases)) }
      try Call.run(operation, on: path) { unsafe mdb_env_open(handle, path, flags, 0o644) }
      let canonical = FileIdentity.canonicalPath(path)
      guard let identity = try FileIdentity(path: canonical, during: operation) else {
        throw LMDBError(.noEntry, during: operation)
      }
      let lockIdentity = try FileIdentity(path: canonical + "-lock", during: operation)
      guard lockIdentity != nil || options.readOnly else { throw LMDBError(.lockFileReplaced, during: operation) }
      var statistics = MDB_stat()
      try Call.run(operation, on: path) { unsafe mdb_env_stat(handle, &statistics) }
      var deadReaders: Int32 = 0
      try Call.run(operation, on: path) { unsafe mdb_reader_check(handle, &deadReaders) }
      self.path = canonical
      self.identity = identity
      self.lockIdentity = lockIdentity
      self.pageSize = Int(statistics.ms_psize)
    } catch {
      unsafe mdb_env_close(handle)
      throw error
    }
    unsafe self.handle = handle
    self.options = options
    self.generation = ForkGuard.generation.load(ordering: .relaxed)
    self.serial = Environment.serials.wrappingAdd(1, ordering: .relaxed).newValue
    pagesAtReaderCheck.store(lastPageNumber, ordering: .relaxed)
  }

  deinit {
    guard isOwnedByThisProcess else { return }
    EnvironmentRegistry.remove(identity) { unsafe mdb_env_close(handle) }
  }

  /// False in a forked child.
  @inline(__always)
  var isOwnedByThisProcess: Bool { ForkGuard.generation.load(ordering: .relaxed) == generation }

  @inline(__always)
  func requireOwnership(_ operation: @autoclosure () -> String) throws(LMDBError) {
    guard isOwnedByThisProcess else { throw LMDBError(.forkedChild, during: operation()) }
  }

  /// Runs `body` once more, after looking for stale readers, when there is no reader slot left.
  func retryingReaders<Result: ~Copyable>(_ body: () throws(LMDBError) -> Result) throws(LMDBError) -> Result {
    do throws(LMDBError) { return try body() } catch {
      guard error.code == .readersFull else { throw error }
    }
    try checkReaders()
    return try body()
  }

  /// The last page in use by the newest commit.
  var lastPageNumber: Int {
    var information = unsafe MDB_envinfo()
    unsafe mdb_env_info(handle, &information)
    return unsafe Int(information.me_last_pgno)
  }
}
