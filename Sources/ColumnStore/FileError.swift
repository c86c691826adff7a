package import LMDB

/// Why a store file could not be read or written. Nothing half-written is left behind.
package enum FileError: Error, Sendable, Hashable {
  case engine(LMDBError)
  case damaged(Damage)
  /// The file's format is of a later version than this program knows.
  case otherFormat(found: UInt32, known: UInt32)
  /// The file is no store, or one of another kind or geometry.
  case notAStore(String)
}

extension FileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .engine(let error): error.description
    case .damaged(let damage): "the store is damaged: \(damage)"
    case .otherFormat(let found, let known): "the store has format \(found), this program reads \(known)"
    case .notAStore(let why): "not an orderbase store: \(why)"
    }
  }
}
