import Foundation
import KPIs
import Testing

/// A database that runs scripts, when the machine has one.
enum SQLEngine: String, CaseIterable, CustomTestStringConvertible {
  case sqlite, duckdb

  var dialect: SQLDialect { self == .sqlite ? .sqlite : .duckdb }
  var testDescription: String { rawValue }

  /// What is needed for it, for whoever reads why it was skipped.
  var need: String {
    self == .sqlite ? "the sqlite3 command" : "a Python with the package duckdb, named by ORDERBASE_PYTHON or python3"
  }

  private static let python = ProcessInfo.processInfo.environment["ORDERBASE_PYTHON"] ?? "python3"
  private static let runner = """
    import sys, duckdb
    database = duckdb.connect()
    database.execute("set enable_progress_bar = false")
    for statement in sys.stdin.read().split(";\\n"):
      if not statement.strip():
        continue
      answer = database.execute(statement)
      if statement.lstrip().startswith("--"):
        for row in answer.fetchall():
          print("|".join("" if value is None else str(value) for value in row))
    """

  private var command: [String] {
    self == .sqlite ? ["sqlite3", "-batch", "-bail", ":memory:"] : [Self.python, "-c", Self.runner]
  }

  /// Whether it answers.
  var isThere: Bool {
    let question = self == .sqlite ? "select 1;\n" : "-- one\nselect 1;\n"
    return (try? rows(of: question)) == ["1"]
  }

  /// The rows that a script gives, values separated by `|`, null empty.
  ///
  /// - Parameter script: Statements, each ended by a semicolon and a line feed; those that ask begin with a comment.
  func rows(of script: String) throws -> [String] {
    let name = FileManager.default.temporaryDirectory.appendingPathComponent("script-\(UUID().uuidString).sql")
    try Data(script.utf8).write(to: name)
    defer { try? FileManager.default.removeItem(at: name) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = try FileHandle(forReadingFrom: name)
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(message: String(complaint.suffix(2_000))) }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  struct Failure: Error {
    var message: String
  }
}
