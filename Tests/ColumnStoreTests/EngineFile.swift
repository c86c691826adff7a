import ColumnStore
import LMDB

/// The same file past the store: what a damaged disk or a foreign program could do to it.
struct EngineFile {
  let environment: Environment

  static let tables = ["log", "chunks", "words", "indexes", "wide", "heap", "meta", "aside"]

  init(path: String) throws {
    var options = EnvironmentOptions()
    options.durability = .unsynced
    environment = try Environment.open(path: path, options: options)
  }

  func database(_ name: String) throws(LMDBError) -> Database {
    try environment.databases(named: [name], create: true)[0]
  }

  func entries(_ name: String) throws -> [(key: [UInt8], value: [UInt8])] {
    let database = try database(name)
    var entries: [(key: [UInt8], value: [UInt8])] = []
    try environment.read { (transaction) throws(LMDBError) in
      try transaction.scan(in: database) { (key, value) throws(LMDBError) in
        entries.append((key.withUnsafeBytes { Array($0) }, value.withUnsafeBytes { Array($0) }))
        return true
      }
    }
    return entries
  }

  /// Stores `value`, or removes the key when it is nil.
  func put(_ value: [UInt8]?, for key: [UInt8], in name: String) throws {
    let database = try database(name)
    try environment.write { (transaction) throws(LMDBError) in
      if let value {
        try transaction.put(value.span, for: key.span, in: database)
      } else {
        try transaction.delete(key.span, in: database)
      }
    }
  }
}
