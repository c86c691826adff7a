internal import LMDB

/// How a store file is opened.
package struct FileOptions: Sendable, Hashable {
  /// What a commit has done when it returns.
  package enum Durability: Sendable, Hashable {
    /// On the disk: two flushes.
    case commit
    /// On the disk once the next commit is; one flush.
    case pipelined
    /// Not flushed: for building a file that is thrown away or renamed into place after a sync.
    case unsynced
  }

  /// Address space for the file, in bytes; nil takes 1 TiB.
  package var mapSizeBytes: Int?
  package var readOnly = false
  package var durability = Durability.commit

  package init(mapSizeBytes: Int? = nil, readOnly: Bool = false, durability: Durability = .commit) {
    (self.mapSizeBytes, self.readOnly, self.durability) = (mapSizeBytes, readOnly, durability)
  }

  func environmentOptions(create: Bool) -> EnvironmentOptions {
    var options = EnvironmentOptions()
    if let mapSizeBytes { options.mapSizeBytes = mapSizeBytes }
    options.readOnly = readOnly
    options.createIfMissing = create
    options.durability =
      switch durability {
      case .commit: .commit
      case .pipelined: .pipelined
      case .unsynced: .unsynced
      }
    return options
  }
}
