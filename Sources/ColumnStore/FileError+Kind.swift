internal import LMDB

extension FileError {
  /// What a caller can act on, without the engine's codes.
  package enum Kind: Sendable, Hashable {
    case notFound, accessDenied, readOnly, diskFull, mapFull, tooManyReaders, busy, damaged, otherFormat, notAStore
    case forked, openOtherwise, lockReplaced, addressSpace, inputOutput, flushFailed, other
  }

  package var kind: Kind {
    switch self {
    case .damaged: .damaged
    case .otherFormat: .otherFormat
    case .notAStore: .notAStore
    case .engine(let error):
      switch error.code {
      case .noEntry: .notFound
      case .accessDenied: .accessDenied
      case .readOnlyFileSystem: .readOnly
      case .noSpace: .diskFull
      case .mapFull: .mapFull
      case .readersFull: .tooManyReaders
      case .busy, .tryAgain: .busy
      case .invalid, .versionMismatch: .notAStore
      case .corrupted, .pageNotFound, .cursorFull, .pageFull: .damaged
      case .forkedChild: .forked
      case .alreadyOpenDifferently: .openOtherwise
      case .lockFileReplaced: .lockReplaced
      case .noMemory: .addressSpace
      case .inputOutput: .inputOutput
      case .flushFailed, .panic: .flushFailed
      default: .other
      }
    }
  }
}
