internal import Glibc

/// Writing result files.
enum OutputFile {
  /// Writes under a temporary name that becomes the final one when all is written.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = path + ".part-\(getpid())"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + start, bytes.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let error = failure(path)
        close(descriptor)
        _ = unsafe unlink(temporary)
        throw error
      }
      start += count
    }
    close(descriptor)
    guard unsafe rename(temporary, path) == 0 else {
      let error = failure(path)
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  private static func failure(_ path: String) -> CommandFailure {
    let number = errno
    let reason = unsafe String(cString: strerror(number))
    if number == ENOSPC { return CommandFailure("OB4108", "the disk of '\(path)' is full; the file was not written") }
    return CommandFailure("OB2003", "\(path) cannot be written: \(reason)")
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func byteCount(_ path: String) -> Int {
    var figures = stat()
    return unsafe stat(path, &figures) == 0 ? Int(figures.st_size) : 0
  }

  static func remove(_ path: String) { _ = unsafe unlink(path) }
}
