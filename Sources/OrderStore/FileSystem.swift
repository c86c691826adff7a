internal import Glibc
internal import Synchronization

/// What the store asks of the system besides LMDB.
enum FileSystem {
  /// Whether fewer than 64 KiB are left where `path` lies.
  static func isFull(at path: String) -> Bool {
    var figures = statvfs()
    guard unsafe statvfs(path, &figures) == 0 else { return false }
    return UInt64(figures.f_bavail) * UInt64(figures.f_frsize) < 65_536
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func isEmpty(_ path: String) -> Bool {
    var figures = stat()
    return unsafe stat(path, &figures) == 0 && figures.st_size == 0
  }

  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// The time of day in milliseconds.
  static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension FileSystem {
  /// A path that no other store of this or another process uses.
  static func temporaryPath(in directory: String) -> String {
    let number = temporaryCount.add(1, ordering: .relaxed).newValue
    return "\(directory)/orderbase-\(getpid())-\(number)-\(now()).orders"
  }

  private static let temporaryCount = Atomic<Int>(0)
}
