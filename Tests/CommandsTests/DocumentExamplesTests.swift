import Foundation
import Testing

/// Every example in README and Documentation is run: files named in fences are written, commands in `console` fences are
/// run in that directory, and what they print must stand in the document to the letter.
///
/// `ORDERBASE_UPDATE_EXAMPLES=1` writes the outputs into the documents instead.
struct DocumentExamplesTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let documents: [String] = {
    var paths = ["README.md"]
    let folder = root.appending(path: "Documentation")
    for case let url as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
    where url.pathExtension == "md" {
      paths.append("Documentation" + url.path.dropFirst(folder.path.count))
    }
    return paths.sorted()
  }()

  @Test(arguments: documents)
  func `examples print what the document says`(document: String) throws {
    let url = Self.root.appending(path: document)
    let text = try String(contentsOf: url, encoding: .utf8)
    let folder = FileManager.default.temporaryDirectory.appending(path: "examples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "Tools"), withDestinationURL: Self.root.appending(path: "Tools"))

    var result: [String] = []
    var lines = text.components(separatedBy: "\n")[...]
    while let line = lines.popFirst() {
      result.append(line)
      guard line.hasPrefix("```"), line.count > 3 else { continue }
      let info = line.dropFirst(3).split(separator: " ")
      let body = lines.prefix { !$0.hasPrefix("```") }
      lines = lines.dropFirst(body.count)
      if info.first == "console" {
        result += try run(Array(body), in: folder)
      } else {
        result += body
        if info.count == 2 {
          try (body.joined(separator: "\n") + "\n").write(
            to: folder.appending(path: String(info[1])), atomically: true, encoding: .utf8)
        }
      }
      result.append(lines.popFirst() ?? "```")
    }
    let actual = result.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["ORDERBASE_UPDATE_EXAMPLES"] == "1" {
      try actual.write(to: url, atomically: true, encoding: .utf8)
    } else if actual != text {
      let pair = zip(actual.components(separatedBy: "\n"), text.components(separatedBy: "\n")).first { $0 != $1 }
      Issue.record("\(document) says '\(pair?.1 ?? "…")', the command prints '\(pair?.0 ?? "…")'")
    }
  }

  /// Runs the commands of a fence and gives them back with what they print, standard error behind standard output.
  private func run(_ body: [String], in folder: URL) throws -> [String] {
    var result: [String] = []
    var commands: [String] = []
    for line in body {
      if line.hasPrefix("$ ") {
        commands.append(String(line.dropFirst(2)))
      } else if commands.last?.hasSuffix("\\") == true {
        commands[commands.count - 1] += "\n" + line
      }
    }
    for command in commands {
      result += ("$ " + command).components(separatedBy: "\n")
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", "orderbase() { '\(Self.tool.path)' \"$@\"; }\n" + command + " 2>&1"]
      process.currentDirectoryURL = folder
      process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": folder.path]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      var lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
      if lines.last == "" { lines.removeLast() }
      result += lines.map { $0.last == " " ? String($0.reversed().drop { $0 == " " }.reversed()) : $0 }
    }
    return result
  }

  /// The tool built beside the tests.
  static let tool: URL = {
    var folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
    while folder.path != "/" {
      let candidate = folder.appending(path: "orderbase")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return URL(filePath: "/nonexistent/orderbase")
  }()
}
