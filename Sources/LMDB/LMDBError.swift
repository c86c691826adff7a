internal import CLMDB

/// Why the engine did not do what it was asked. A write transaction that met one is to be aborted.
public struct LMDBError: Error, Sendable, Hashable {
  public let code: ErrorCode
  /// What was being done, as an infinitive with its object: `open /srv/a.orders`.
  public let operation: String

  public init(_ code: ErrorCode, during operation: String) {
    self.code = code
    self.operation = operation
  }
}

extension LMDBError: CustomStringConvertible {
  /// One line: what was tried, what happened, what to do.
  public var description: String {
    let hint = code.hint
    return "cannot \(operation): \(code)" + (hint.isEmpty ? "" : "; \(hint)")
  }
}

extension ErrorCode: CustomStringConvertible {
  /// What happened, without what to do.
  public var description: String {
    switch self {
    case .forkedChild: "the handle belongs to the parent process"
    case .lockFileReplaced: "the lock file was removed or replaced"
    case .alreadyOpenDifferently: "this process has the file open with other options"
    case .reservedNotFilled: "a reserved value was not filled"
    case .remoteFileSystem: "the file is on a network file system"
    case .mapFull: "the map is full"
    case .readersFull: "too many readers"
    case .noSpace: "no space left on the device"
    case .flushFailed: "an earlier flush to the disk failed"
    default: unsafe String(cString: mdb_strerror(rawValue))
    }
  }

  /// What to do about it; empty when there is nothing to add.
  var hint: String {
    switch self {
    case .noMemory: "the address space is limited (ulimit -v); reopen with a smaller --map-size"
    case .mapFull: "reopen without --map-size (the data is intact)"
    case .mapResized: "another process uses a larger map; reopen without --map-size"
    case .readersFull: "end some of the processes that read the file, then try again"
    case .databasesFull: "open the environment with a larger maxDatabases"
    case .transactionFull: "split the work over several transactions"
    case .corrupted, .pageNotFound, .cursorFull, .pageFull: "the file is damaged; restore it from a backup"
    case .panic: "close the environment, check the file, open it again"
    case .invalid: "the file is not an LMDB file"
    case .versionMismatch: "the file was written by another version of LMDB"
    case .badValueSize: "a key has 1 to 511 bytes, a value at most 16 MiB"
    case .badTransaction: "abort the transaction and try again"
    case .badDatabase: "use the databases of this environment"
    case .invalidArgument: "check the sizes asked for, and open databases before the transactions that use them"
    case .noEntry: "check the path"
    case .accessDenied, .readOnlyFileSystem: "check the file's permissions, or whether it was opened read-only"
    case .noSpace: "free some space and try again (nothing is lost)"
    case .inputOutput: "the disk may be full or failing; nothing is lost up to the last commit"
    case .deadlock: "end the thread's write transaction first"
    case .busy: "close what this process has open under that path, or choose another path"
    case .remoteFileSystem: "move it to a local disk; shared locks and maps do not work over a network"
    case .forkedChild: "open the file again in the child"
    case .lockFileReplaced: "stop every process that has the file open, then open it again"
    case .alreadyOpenDifferently: "use the same options, or let go of what has it open first"
    case .flushFailed: "close every handle of the file, open it again, and repeat what was not acknowledged"
    case .reservedNotFilled: "append exactly as many bytes as were asked for"
    default: ""
    }
  }
}
