internal import ColumnStore
public import OrderModel

/// Why the store did not do what it was asked. Nothing was written.
public enum StoreError: Error, Sendable, Hashable {
  case refused(Refusal)
  case notFound(path: String)
  case exists(path: String)
  case notAStore(String)
  case otherFormat(found: UInt32, known: UInt32)
  case damaged(String)
  case accessDenied(path: String)
  case readOnly(path: String)
  case diskFull(path: String)
  /// The disk did not take what was written. Whether it is there is not known, and no more commands are taken until
  /// every handle of the store in this process is gone and it is opened again; then submit again what was not answered.
  case diskFailed(String)
  case mapFull
  case tooManyReaders
  case busy
  /// The store was closed, or belongs to the parent of a forked process.
  case closed
  case failed(String)

  init(_ error: FileError, path: String) {
    switch error.kind {
    case .notFound: self = .notFound(path: path)
    case .accessDenied: self = .accessDenied(path: path)
    case .readOnly: self = .readOnly(path: path)
    case .diskFull: self = .diskFull(path: path)
    case .mapFull: self = .mapFull
    case .tooManyReaders: self = .tooManyReaders
    case .busy: self = .busy
    case .forked: self = .closed
    case .damaged:
      if case .damaged(let damage) = error {
        self = .damaged(damage.description)
      } else {
        self = .damaged(error.description)
      }
    case .otherFormat:
      if case .otherFormat(let found, let known) = error {
        self = .otherFormat(found: found, known: known)
      } else {
        self = .failed(error.description)
      }
    case .notAStore: self = .notAStore(path)
    // The engine turns a short write into EIO; a full file system tells itself apart.
    case .inputOutput: self = FileSystem.isFull(at: path) ? .diskFull(path: path) : .diskFailed(error.description)
    case .flushFailed: self = .diskFailed(error.description)
    case .openOtherwise:
      self = .failed(
        "'\(path)' is open in this process with other options; an OrderStore keeps its file open, closed too, until the"
          + " last reference to it is gone")
    case .lockReplaced, .addressSpace, .other: self = .failed(error.description)
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// One line: what happened, with the values.
  public var description: String {
    switch self {
    case .refused(let refusal): refusal.description
    case .notFound(let path): "no store at '\(path)'"
    case .exists(let path): "'\(path)' exists already"
    case .notAStore(let path): "'\(path)' is not an orderbase store"
    case .otherFormat(let found, let known):
      "the store has format \(found); this program reads format \(known)"
    case .damaged(let what): "the store is damaged: \(what)"
    case .accessDenied(let path): "no permission for '\(path)'"
    case .readOnly(let path): "'\(path)' is open for reading only, or its file system is"
    case .diskFull(let path): "the disk of '\(path)' is full; nothing was half-written"
    case .mapFull: "the store's map is full; nothing was half-written"
    case .tooManyReaders: "too many readers have the store open"
    case .busy: "another writer holds the store"
    case .closed: "the store is closed"
    case .diskFailed(let what): "the disk failed: \(what)"
    case .failed(let what): what
    }
  }
}
