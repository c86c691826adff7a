import Foundation

/// A child process with its output on a pipe.
final class Child {
  let process: pid_t
  /// The reading end of its standard output.
  let output: Int32
  private var status: Int32?

  /// Runs this program with `arguments`.
  init(_ arguments: [String], environment: [String: String] = [:]) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { fatalError("no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let program = Child.program
    var values = ProcessInfo.processInfo.environment
    // Some of these processes are meant to die.
    values["SWIFT_BACKTRACE"] = "enable=no"
    values.merge(environment) { _, new in new }
    var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = values.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, nil, &argv, &envp) == 0 else {
      fatalError("cannot start \(program)")
    }
    close(ends[1])
    (self.process, output) = (process, ends[0])
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      _ = wait()
    }
    close(output)
  }

  static let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""

  /// What it prints within `milliseconds`, at most; nil at the end.
  func read(milliseconds: Int32 = -1) -> [UInt8]? {
    var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(output, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  func readToEnd() -> String {
    var bytes: [UInt8] = []
    while let more = read() { bytes += more }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Waits for its end: exit status, or 128 and the signal.
  @discardableResult
  func wait() -> Int32 {
    if let status { return status }
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) == -1 && errno == EINTR {}
    let status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
    self.status = status
    return status
  }
}
