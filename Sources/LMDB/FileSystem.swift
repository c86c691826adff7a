internal import Glibc

/// The few things done to files besides what the engine does.
enum FileSystem {
  /// Makes an empty file, or leaves the one that is there.
  static func createEmpty(_ path: String, during operation: String) throws(LMDBError) {
    var descriptor: Int32 = -1
    try Call.system(operation, on: path) {
      descriptor = unsafe Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
      return descriptor
    }
    close(descriptor)
  }

  /// Flushes a file, or the entries of a directory, to the disk.
  ///
  /// - Parameter owner: The environment's path, for faults.
  static func flush(_ path: String, on owner: String) throws(LMDBError) {
    var descriptor: Int32 = -1
    try Call.system("flush \(path)", on: owner) {
      descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
      return descriptor
    }
    defer { close(descriptor) }
    try Call.system("flush \(path)", on: owner) { fsync(descriptor) }
  }

  /// Gives a file its final name, replacing another, and flushes the directory.
  static func rename(_ source: String, to target: String, on owner: String) throws(LMDBError) {
    try Call.system("rename \(source) to \(target)", on: owner) { unsafe Glibc.rename(source, target) }
    try flush(FileIdentity.split(target).directory, on: owner)
  }

  static func remove(_ path: String) { unsafe _ = unlink(path) }

  /// Whether less than 1 MiB is left for this process on the file system of `path`.
  static func isFull(at path: String) -> Bool {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return false }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize) < 1 << 20
  }
}
