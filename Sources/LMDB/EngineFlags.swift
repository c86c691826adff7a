internal import CLMDB

/// The engine's flags this module uses. A writable map is not among them: a full disk would kill the process.
enum EngineFlags {
  static let noSubdirectory = UInt32(MDB_NOSUBDIR)
  static let readOnly = UInt32(MDB_RDONLY)
  static let noThreadLocalStorage = UInt32(MDB_NOTLS)
  static let noMetaSync = UInt32(MDB_NOMETASYNC)
  static let noSync = UInt32(MDB_NOSYNC)
  static let create = UInt32(MDB_CREATE)
  static let noOverwrite = UInt32(MDB_NOOVERWRITE)
  static let append = UInt32(MDB_APPEND)
  static let reserve = UInt32(MDB_RESERVE)
  static let compact = UInt32(MDB_CP_COMPACT)
}
