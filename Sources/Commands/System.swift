internal import Glibc

/// What the tool asks of the operating system: the one place of its C calls.
enum System {
  /// Why a call failed.
  struct Failure: Error {
    var number: Int32
    var isDiskFull: Bool { number == ENOSPC }
    var isClosedPipe: Bool { number == EPIPE }
    var reason: String { unsafe String(cString: strerror(number)) }
  }

  // MARK: Files

  /// Opens a file for writing, made anew.
  static func create(_ path: String) throws(Failure) -> Int32 {
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    return descriptor
  }

  /// Writes all of `bytes`.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress! + start, bytes.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(number: errno)
      }
      start += count
    }
  }

  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  static func rename(_ path: String, to target: String) throws(Failure) {
    guard unsafe Glibc.rename(path, target) == 0 else { throw Failure(number: errno) }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func byteCount(_ path: String) -> Int {
    var figures = stat()
    return unsafe stat(path, &figures) == 0 ? Int(figures.st_size) : 0
  }

  static func remove(_ path: String) { _ = unsafe unlink(path) }

  // MARK: Time

  static var wallClock: Int64 { clock(CLOCK_REALTIME) }
  static var monotonicClock: Int64 { clock(CLOCK_MONOTONIC) }

  /// Milliseconds.
  private static func clock(_ kind: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(kind, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  // MARK: Process and terminal

  /// Keeps freed memory for what comes next: columns of a row group are read and dropped by the hundred, and giving their
  /// pages back each time costs a fifth of an answer over a million orders.
  ///
  /// The C library keeps as much as twice the largest block it ever got back from a mapping of its own, up to 64 MiB, and
  /// such a block need not be touched.
  static func keepFreedMemory() { unsafe free(largeBlock()) }

  /// Out of the compiler's sight, which drops a block that nobody uses.
  @inline(never)
  private static func largeBlock() -> UnsafeMutableRawPointer? { unsafe malloc(31 << 20) }

  static var processID: Int32 { getpid() }

  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal behind standard output.
  static var terminalWidth: Int? {
    var size = winsize()
    guard unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The terminal device, for progress that stays out of redirected output; −1 without one.
  static func openTerminal() -> Int32 { unsafe Glibc.open("/dev/tty", O_WRONLY | O_CLOEXEC) }

  /// A closed pipe is then met as an error of write.
  static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Sets what happens on SIGINT and SIGTERM.
  static func onInterrupt(_ handler: @escaping @convention(c) (Int32) -> Void) {
    for number in [SIGINT, SIGTERM] { signal(number, handler) }
  }

  /// What to say, prepared: a handler of SIGBUS may neither allocate nor take a lock.
  nonisolated(unsafe) private static var lastWords: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var lastWordsCount = 0
  nonisolated(unsafe) private static var lastStatus: Int32 = 1

  /// Lets SIGBUS and SIGSEGV write `line` to standard error and end the process with `status`.
  ///
  /// A file cut short under its map gives the first, a damaged reference inside the engine the second.
  static func onMemoryFault(say line: String, status: Int32) {
    unsafe (lastWords, lastWordsCount, lastStatus) = (strdup(line + "\n"), line.utf8.count + 1, status)
    for number in [SIGBUS, SIGSEGV] {
      signal(number) { _ in
        unsafe _ = Glibc.write(2, System.lastWords, System.lastWordsCount)
        unsafe _exit(System.lastStatus)
      }
    }
  }

  /// Ends at once, from a signal handler too.
  static func exitAtOnce(_ status: Int32) -> Never { _exit(status) }

  static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

  /// Runs this program again with other arguments, nothing read, its output shared.
  ///
  /// - Returns: Its exit status, or the signal that ended it.
  static func runAgain(_ arguments: [String]) throws(Failure) -> (status: Int32, signal: Int32) {
    var child = pid_t()
    let values = ["/proc/self/exe"] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe values.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    let status = unsafe posix_spawn(&child, "/proc/self/exe", nil, nil, pointers, environ)
    guard status == 0 else { throw Failure(number: status) }
    var state: Int32 = 0
    while unsafe waitpid(child, &state, 0) < 0 {
      guard errno == EINTR else { throw Failure(number: errno) }
    }
    let signal = state & 0x7F
    return signal == 0 ? ((state >> 8) & 0xFF, 0) : (-1, signal)
  }
}
