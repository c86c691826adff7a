internal import Glibc

/// An open file: the one place of this module that makes system calls for files.
final class FileDescriptor {
  let path: String
  private let number: Int32
  private let closes: Bool

  private init(number: Int32, path: String, closes: Bool) {
    self.number = number
    self.path = path
    self.closes = closes
  }

  deinit {
    if closes { close(number) }
  }

  /// Lends a descriptor opened elsewhere (standard input is 0); it is not closed here.
  convenience init(lending number: Int32, named path: String) {
    self.init(number: number, path: path, closes: false)
  }

  /// Opens a file for reading.
  convenience init(reading path: String) throws(IntakeError) {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: Self.reason(errno))
    }
    self.init(number: number, path: path, closes: true)
  }

  /// Makes or empties a file for writing.
  convenience init(writing path: String) throws(IntakeError) {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw .unwritable(path: path, reason: Self.reason(errno)) }
    self.init(number: number, path: path, closes: true)
  }

  /// Makes a file in `directory` that has no name and disappears with its descriptor.
  convenience init(temporaryIn directory: String) throws(IntakeError) {
    var template = Array((directory + "/intake-XXXXXX").utf8CString)
    let number = unsafe template.withUnsafeMutableBufferPointer { unsafe mkstemp($0.baseAddress!) }
    guard number >= 0 else { throw .unwritable(path: directory, reason: Self.reason(errno)) }
    _ = unsafe template.withUnsafeBufferPointer { unsafe unlink($0.baseAddress!) }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    self.init(number: number, path: directory, closes: true)
  }

  /// Whether anything can be found under that path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether the path names a directory.
  static func isDirectory(_ path: String) -> Bool {
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return false }
    close(number)
    return true
  }

  /// The size of the file in bytes, nil for a pipe.
  var byteCount: Int? {
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Reads into `buffer[start...]` as much as one call gives; 0 at the end.
  func read(into buffer: inout [UInt8], from start: Int) throws(IntakeError) -> Int {
    precondition(start < buffer.count, "no room to read into")
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress! + start, bytes.count - start)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw .unreadable(path: path, reason: Self.reason(errno)) }
    }
  }

  /// Reads exactly `count` bytes at `offset` of the file into `buffer[start...]`.
  func read(
    into buffer: inout [UInt8], from start: Int, count wanted: Int, at offset: Int
  ) throws(IntakeError) {
    precondition(start + wanted <= buffer.count, "no room to read into")
    var done = 0
    while done < wanted {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(number, bytes.baseAddress! + start + done, wanted - done, off_t(offset + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .unreadable(
          path: path, reason: count == 0 ? "a temporary file is shorter than written" : Self.reason(errno))
      }
      done += count
    }
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(IntakeError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress! + done, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(path: path, reason: Self.reason(errno)) }
      done += count
    }
  }

  private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
