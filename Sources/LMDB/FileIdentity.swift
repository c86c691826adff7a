internal import Glibc

/// Which file a path leads to, however the path is spelled.
struct FileIdentity: Sendable, Hashable {
  let device: UInt64
  let inode: UInt64

  /// The file at `path`, links followed; nil when there is none.
  init?(path: String, during operation: @autoclosure () -> String) throws(LMDBError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let code = ErrorCode(rawValue: errno)
      if code == .noEntry { return nil }
      throw LMDBError(code, during: operation())
    }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// The path behind all symbolic links, so that every process finds the same lock file beside it.
  ///
  /// A file that is not there yet keeps its own name within its directory.
  static func canonicalPath(_ path: String) -> String {
    if let resolved = resolve(path) { return resolved }
    let parts = split(path)
    guard let directory = resolve(parts.directory) else { return path }
    return directory == "/" ? "/" + parts.name : directory + "/" + parts.name
  }

  /// The directory of `path`, "." where it names none, and the rest.
  static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let directory = path[..<slash]
    return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
