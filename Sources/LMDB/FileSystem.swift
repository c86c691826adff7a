internal import CLMDB
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

  /// Whether the engine's mark stands where its first page has it, or nothing can be told: the file cannot be read here.
  ///
  /// An empty file may become an environment.
  static func mayBeEnvironment(_ path: String, acceptsEmpty: Bool) -> Bool {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    // The page's header of 16 bytes, then the mark.
    var words: [UInt32] = [0, 0, 0, 0, 0]
    let count = unsafe words.withUnsafeMutableBytes { bytes in unsafe pread(descriptor, bytes.baseAddress, 20, 0) }
    if count < 0 { return true }
    return count == 0 ? acceptsEmpty : count == 20 && words[4] == 0xBEEF_C0DE
  }

  static func remove(_ path: String) { unsafe _ = unlink(path) }

  /// Whether `path` is on a file system of another machine.
  static func isRemote(at path: String) -> Bool {
    var status = statfs()
    guard unsafe statfs(path, &status) == 0 else { return false }
    return isRemote(type: UInt32(truncatingIfNeeded: status.f_type))
  }

  /// Whether the file system of magic number `type` is NFS, SMB (three versions), 9P, AFS, Coda, Ceph or Lustre.
  static func isRemote(type: UInt32) -> Bool {
    [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x7375_7245, 0x00C3_6400, 0x0BD0_0BD0]
      .contains(type)
  }

  /// Whether less than 1 MiB is left for this process on the file system of `path`.
  static func isFull(at path: String) -> Bool {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return false }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize) < 1 << 20
  }
}
