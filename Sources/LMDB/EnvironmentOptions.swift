/// How an environment is opened.
public struct EnvironmentOptions: Sendable, Hashable {
  /// The address space reserved for the file, in bytes, and so the file's largest size. Costs nothing until used.
  public var mapSizeBytes: Int = 1 << 40
  /// How many read transactions may be open at once, over all processes.
  public var maxReaders: Int = 1_024
  /// How many named databases can be opened.
  public var maxDatabases: Int = 32
  /// Refuses write transactions, and works on files that may only be read.
  public var readOnly: Bool = false
  /// Makes a new file where there is none; otherwise a missing file is ``ErrorCode/noEntry``.
  public var createIfMissing: Bool = true
  public var durability: Durability = .commit
  /// Opens files on network file systems too, where neither locks nor the map can be relied on.
  public var allowsRemoteFileSystem: Bool = false

  public init() {}

  /// Whether a handle opened with these serves one who asks with `other`.
  func agrees(with other: EnvironmentOptions) -> Bool {
    var other = other
    other.createIfMissing = createIfMissing
    return self == other
  }
}

/// What a commit has done when it returns.
public struct Durability: Sendable, Hashable {
  let flags: UInt32

  /// The transaction is on the disk: two flushes a commit.
  public static let commit = Durability(flags: 0)
  /// The transaction is on the disk once the next one is, or after ``Environment/sync()``: one flush a commit. A power
  /// loss may undo the newest commit, never tear it. ``Environment/syncedThrough`` tells how far it has come.
  public static let pipelined = Durability(flags: EngineFlags.noMetaSync)
  /// Nothing is flushed; a power loss may destroy the file. For building a new file that is renamed into place after
  /// ``Environment/sync()``.
  package static let unsynced = Durability(flags: EngineFlags.noSync)
}
