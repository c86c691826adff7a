internal import CLMDB
internal import Glibc

/// What the engine, the system or this module reported, as a number with a name.
///
/// Not an enumeration: the engine may add codes, and any `errno` may come up. Negative codes from −30,799 to −30,780
/// are the engine's, positive ones are `errno`, those from −40,000 up to −39,990 are this module's own.
public struct ErrorCode: RawRepresentable, Sendable, Hashable {
  public let rawValue: Int32

  public init(rawValue: Int32) { self.rawValue = rawValue }

  // The engine's.

  /// The key is there already, or an appended key does not sort last.
  public static let keyExists = ErrorCode(rawValue: MDB_KEYEXIST)
  /// No such key, or no such database.
  public static let notFound = ErrorCode(rawValue: MDB_NOTFOUND)
  /// A page that should be there is not: damage.
  public static let pageNotFound = ErrorCode(rawValue: MDB_PAGE_NOTFOUND)
  /// A page is of the wrong type, or the free list is wrong: damage.
  public static let corrupted = ErrorCode(rawValue: MDB_CORRUPTED)
  /// An earlier failure left the environment unusable until it is closed and opened again.
  public static let panic = ErrorCode(rawValue: MDB_PANIC)
  /// The file, or its lock file, is of another version of the engine.
  public static let versionMismatch = ErrorCode(rawValue: MDB_VERSION_MISMATCH)
  /// The file is no LMDB file.
  public static let invalid = ErrorCode(rawValue: MDB_INVALID)
  /// The map size is reached.
  public static let mapFull = ErrorCode(rawValue: MDB_MAP_FULL)
  /// More databases than `maxDatabases`.
  public static let databasesFull = ErrorCode(rawValue: MDB_DBS_FULL)
  /// More read transactions, over all processes, than `maxReaders`.
  public static let readersFull = ErrorCode(rawValue: MDB_READERS_FULL)
  /// No thread-local key left. Not met here, since readers are not tied to threads.
  public static let threadKeysFull = ErrorCode(rawValue: MDB_TLS_FULL)
  /// More pages changed than one transaction can hold.
  public static let transactionFull = ErrorCode(rawValue: MDB_TXN_FULL)
  /// The tree is deeper than the engine allows: damage.
  public static let cursorFull = ErrorCode(rawValue: MDB_CURSOR_FULL)
  /// A page has no room where it must have: an engine error.
  public static let pageFull = ErrorCode(rawValue: MDB_PAGE_FULL)
  /// Another process grew the file past this process's map.
  public static let mapResized = ErrorCode(rawValue: MDB_MAP_RESIZED)
  /// The operation does not fit the database's kind.
  public static let incompatible = ErrorCode(rawValue: MDB_INCOMPATIBLE)
  /// A reader slot was reused wrongly.
  public static let badReaderSlot = ErrorCode(rawValue: MDB_BAD_RSLOT)
  /// The transaction failed earlier and can only be aborted.
  public static let badTransaction = ErrorCode(rawValue: MDB_BAD_TXN)
  /// An empty key, a key above 511 bytes or a value above 16 MiB.
  public static let badValueSize = ErrorCode(rawValue: MDB_BAD_VALSIZE)
  /// The database handle is of another environment.
  public static let badDatabase = ErrorCode(rawValue: MDB_BAD_DBI)

  // The system's.

  public static let noEntry = ErrorCode(rawValue: ENOENT)
  public static let inputOutput = ErrorCode(rawValue: EIO)
  public static let tryAgain = ErrorCode(rawValue: EAGAIN)
  public static let noMemory = ErrorCode(rawValue: ENOMEM)
  public static let accessDenied = ErrorCode(rawValue: EACCES)
  public static let busy = ErrorCode(rawValue: EBUSY)
  public static let fileExists = ErrorCode(rawValue: EEXIST)
  /// An impossible option, or a database younger than the transaction.
  public static let invalidArgument = ErrorCode(rawValue: EINVAL)
  public static let noSpace = ErrorCode(rawValue: ENOSPC)
  public static let readOnlyFileSystem = ErrorCode(rawValue: EROFS)
  /// The thread that asked already has a write transaction of this environment.
  public static let deadlock = ErrorCode(rawValue: EDEADLK)

  // This module's own.

  /// The handle was opened by the parent process; a forked child must open the file itself.
  public static let forkedChild = ErrorCode(rawValue: -40_000)
  /// The lock file is not the one the environment was opened with; a second writer could be at work.
  public static let lockFileReplaced = ErrorCode(rawValue: -39_999)
  /// This process has the file open with other options.
  public static let alreadyOpenDifferently = ErrorCode(rawValue: -39_998)
  /// A reserved value was not filled to its last byte.
  public static let reservedNotFilled = ErrorCode(rawValue: -39_997)
  /// The file is on a network file system.
  public static let remoteFileSystem = ErrorCode(rawValue: -39_996)
  /// An earlier flush failed, so no more changes are taken until the environment is closed and opened again.
  public static let flushFailed = ErrorCode(rawValue: -39_995)
}
