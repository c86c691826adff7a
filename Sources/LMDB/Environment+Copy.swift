internal import CLMDB
internal import Glibc
internal import Synchronization

extension Environment {
  private static let copies = Atomic<Int>(0)

  /// Writes the newest commit to `target`, without free pages, as a file that can be opened.
  ///
  /// The copy is made under another name beside it, flushed, and renamed: `target` is the whole copy or what it was.
  /// Writers go on meanwhile; the copy is a read transaction, so the file grows by what they write.
  ///
  /// - Throws: ``ErrorCode/busy`` when this process has `target` open, ``ErrorCode/incompatible`` when pages of the file
  ///   are neither in use nor free. Nothing is left behind.
  public func copyCompacting(to target: String) throws(LMDBError) {
    try requireOwnership("copy to \(target)")
    if let identity = try FileIdentity(path: target, during: "copy to \(target)"),
      EnvironmentRegistry.contains(identity)
    {
      throw LMDBError(.busy, during: "copy to \(target)")
    }
    let number = Environment.copies.wrappingAdd(1, ordering: .relaxed).newValue
    let temporary = "\(target).\(getpid())-\(number).part"
    do throws(LMDBError) {
      try retryingReaders { () throws(LMDBError) in
        FileSystem.remove(temporary)  // a first attempt leaves one
        try Call.run("copy to \(target)", on: path) { unsafe mdb_env_copy2(handle, temporary, EngineFlags.compact) }
      }
      try FileSystem.flush(temporary, on: path)
      try FileSystem.rename(temporary, to: target, on: path)
    } catch {
      FileSystem.remove(temporary)
      throw error
    }
  }
}
