internal import Glibc
internal import Synchronization

/// The environments this process has open, by file.
///
/// Closing any descriptor of a lock file drops all locks the process has on it, so a file must never be open twice.
enum EnvironmentRegistry {
  private struct Key: Hashable {
    let identity: FileIdentity
    /// An entry inherited from a parent process is not ours.
    let generation = ForkGuard.generation.load(ordering: .relaxed)
  }

  private struct Entry: Sendable {
    weak var environment: Environment?
    let lockIdentity: FileIdentity?
  }

  private enum Answer: Sendable {
    case opened(Environment)
    case closing
  }

  private static let entries = Mutex<[Key: Entry]>([:])

  /// The open environment of the file at `path`, or what `open` makes of it.
  static func environment(
    at path: String, options: EnvironmentOptions, open: (String) throws(LMDBError) -> Environment
  ) throws(LMDBError) -> Environment {
    while true {
      // The answer leaves the lock before it is judged: should it be the last reference, closing takes the lock.
      let answer = try entries.withLock { (entries) throws(LMDBError) -> Answer in
        if let identity = try FileIdentity(path: path, during: "open \(path)") {
          if let entry = entries[Key(identity: identity)] {
            guard let environment = entry.environment else { return .closing }
            return .opened(environment)
          }
        } else if !options.createIfMissing || options.readOnly {
          throw LMDBError(.noEntry, during: "open \(path)")
        } else {
          // Made here, so that the path of a link to a missing file can be resolved; the engine takes an empty file.
          try FileSystem.createEmpty(path, during: "open \(path)")
        }
        let canonical = FileIdentity.canonicalPath(path)
        // The file may have been replaced under an open environment, whose lock file this one would share.
        if let lock = try FileIdentity(path: canonical + "-lock", during: "open \(path)"),
          entries.contains(where: { $0.key == Key(identity: $0.key.identity) && $0.value.lockIdentity == lock })
        {
          throw LMDBError(.busy, during: "open \(path)")
        }
        let environment = try open(canonical)
        entries[Key(identity: environment.identity)] =
          Entry(environment: environment, lockIdentity: environment.lockIdentity)
        return .opened(environment)
      }
      switch answer {
      case .opened(let environment):
        guard environment.options.agrees(with: options) else {
          throw LMDBError(.alreadyOpenDifferently, during: "open \(path)")
        }
        return environment
      case .closing:
        sched_yield()
      }
    }
  }

  /// Runs `close` for an environment nobody holds any more, then forgets the file.
  static func remove(_ identity: FileIdentity, close: () -> Void) {
    entries.withLock { entries in
      close()
      entries[Key(identity: identity)] = nil
    }
  }

  /// Whether this process has the file open.
  static func contains(_ identity: FileIdentity) -> Bool {
    entries.withLock { $0[Key(identity: identity)] != nil }
  }
}
