internal import CLMDB

/// An environment in figures.
public struct Information: Sendable, Hashable {
  public let mapSizeBytes: Int
  /// The last page in use, counted from 0.
  public let lastPageNumber: Int
  /// The newest commit.
  public let lastTransactionID: Int
  public let maxReaders: Int
  public let pageSizeBytes: Int
}

/// One read transaction, of any process.
public struct ActiveReader: Sendable, Hashable {
  public let processID: Int
  /// The commit it looks at: pages freed later are kept for it.
  public let transactionID: Int
}

extension Environment {
  /// The engine's version, as in `LMDB 0.9.24: (July 24, 2019)`.
  public static var libraryVersion: String {
    unsafe String(cString: mdb_version(nil, nil, nil))
  }

  /// Figures of the newest commit. Cost: a few loads.
  public func information() throws(LMDBError) -> Information {
    try requireOwnership("read the environment's figures")
    var information = unsafe MDB_envinfo()
    try Call.run("read the environment's figures", on: path) { unsafe mdb_env_info(handle, &information) }
    return unsafe Information(
      mapSizeBytes: information.me_mapsize, lastPageNumber: Int(information.me_last_pgno),
      lastTransactionID: Int(information.me_last_txnid), maxReaders: Int(information.me_maxreaders),
      pageSizeBytes: pageSize)
  }

  /// The read transactions of all processes, stale ones included until ``checkReaders()``.
  public func activeReaders() throws(LMDBError) -> [ActiveReader] {
    try requireOwnership("list readers")
    var text = ""
    // The engine prints a table: process, thread, transaction; or a remark. It returns a count of characters.
    let status = unsafe withUnsafeMutablePointer(to: &text) { text in
      unsafe mdb_reader_list(
        handle,
        { line, text in
          guard let line = unsafe line, let text = unsafe text else { return -1 }
          unsafe text.assumingMemoryBound(to: String.self).pointee += String(cString: line)
          return 0
        }, text)
    }
    try Call.run("list readers", on: path) { status < 0 ? status : 0 }
    return text.split(separator: "\n").compactMap { line in
      let columns = line.split(separator: " ")
      guard columns.count == 3, let process = Int(columns[0]), let transaction = Int(columns[2]) else { return nil }
      return ActiveReader(processID: process, transactionID: transaction)
    }
  }
}
