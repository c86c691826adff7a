internal import Synchronization

/// What a run of the tool meets outside itself: where output goes, the clock, the environment, the terminal.
///
/// Commands get it from ``current``, so that a test can run them in process and read every byte.
final class Invocation: Sendable {
  /// The run a command belongs to.
  @TaskLocal static var current = Invocation(
    arguments: CommandLine.arguments, environment: Invocation.processEnvironment, clock: System.wallClock,
    isTerminal: System.isTerminal(1), terminalWidth: System.terminalWidth)

  let arguments: [String]
  let environment: [String: String]
  /// The time when the run began, milliseconds; read once.
  let now: Int64
  let isTerminal: Bool
  let terminalWidth: Int?
  private let collected: Transcript?

  private final class Transcript: Sendable {
    let bytes = Mutex<(output: [UInt8], errors: [UInt8])>(([], []))
  }

  init(
    arguments: [String], environment: [String: String], clock: Int64, isTerminal: Bool = false,
    terminalWidth: Int? = nil, collects: Bool = false
  ) {
    (self.arguments, self.environment, now) = (arguments, environment, clock)
    (self.isTerminal, self.terminalWidth) = (isTerminal, terminalWidth)
    collected = collects ? Transcript() : nil
  }

  /// Writes results.
  func write(_ bytes: [UInt8]) {
    if let collected { collected.bytes.withLock { $0.output += bytes } } else { Invocation.write(bytes, to: 1) }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes messages.
  func report(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    if let collected { collected.bytes.withLock { $0.errors += bytes } } else { Invocation.write(bytes, to: 2) }
  }

  /// Everything a collecting run wrote.
  var transcript: (output: [UInt8], errors: [UInt8]) { collected?.bytes.withLock { $0 } ?? ([], []) }

  var collects: Bool { collected != nil }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    do throws(System.Failure) { try System.write(bytes, to: descriptor) } catch {
      // A closed pipe ends silently; of other failures of output nothing can be said on output.
      System.exit(error.isClosedPipe ? 0 : 1)
    }
  }

  private static var processEnvironment: [String: String] {
    var variables: [String: String] = [:]
    for name in [
      "ORDERBASE_STORE", "ORDERBASE_ERRORS", "ORDERBASE_TZ", "NO_COLOR", "CLICOLOR_FORCE", "TERM", "TMPDIR", "COLUMNS",
    ] {
      if let value = System.variable(name) { variables[name] = value }
    }
    return variables
  }

  /// Where temporary files go.
  var temporaryDirectory: String { environment["TMPDIR"] ?? "/tmp" }
}
