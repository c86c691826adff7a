import Foundation

/// The tool as a process of its own.
enum ToolProcess {
  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: DocumentExamplesTests.tool.path) }

  /// - Parameter user: The user to run as; only root can choose.
  static func run(_ arguments: [String], as user: Int? = nil) throws -> TestFolder.Outcome {
    let process = Process()
    process.executableURL = DocumentExamplesTests.tool
    process.arguments = arguments
    if let user {
      process.executableURL = URL(filePath: "/usr/bin/setpriv")
      process.arguments =
        ["--reuid", "\(user)", "--regid", "\(user)", "--clear-groups", DocumentExamplesTests.tool.path] + arguments
    }
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    process.standardInput = FileHandle.nullDevice
    // Drawing the stack of a process that dies takes seconds.
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let messages = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return TestFolder.Outcome(
      status: isSignal ? -process.terminationStatus : process.terminationStatus, output: text, errors: messages)
  }

  /// Runs a shell command and tells its status.
  static func shell(_ command: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
