import Foundation
import Testing

/// The tool that loses the power, kills and fails the disk under a store, built beside the tests.
///
/// Each of its runs prints one line of figures and a line for some of the violations; a test reads the figures.
enum StressTool {
  /// A run's figures by name, and all it said.
  struct Report {
    var figures: [String: Int] = [:]
    var output: String
    /// There is no C compiler to build the recorder with.
    var isSkipped: Bool
  }

  static func run(_ arguments: [String]) throws -> Report {
    let process = Process()
    process.executableURL = ToolProcess.tool.deletingLastPathComponent().appending(path: "StoreStress")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    var report = Report(output: output, isSkipped: process.terminationStatus == 77)
    if report.isSkipped {
      print("skipped: no C compiler (clang, cc) to build the recorder with")
      return report
    }
    // "commit: images 400, violations 0 (…)": a name ends where its number begins.
    for part in output.split(separator: "\n").first?.split(whereSeparator: { ",:(".contains($0) }) ?? [] {
      let words = part.split(separator: " ")
      if let last = words.firstIndex(where: { Int($0) != nil }), last > 0 {
        report.figures[words[..<last].joined(separator: " ")] = Int(words[last])
      }
    }
    print(output, terminator: "")
    return report
  }
}
