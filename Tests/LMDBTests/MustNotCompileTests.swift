import Foundation
import Testing

/// Every file of MustNotCompile is a misuse. Its first line is a comment with a part of the compiler's message.
struct MustNotCompileTests {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "MustNotCompile")
  static let misuses = try! FileManager.default.contentsOfDirectory(atPath: directory.path)
    .filter { $0.hasSuffix(".swift.txt") && $0 != "Control.swift.txt" }.sorted()

  @Test func `the proper use compiles`() throws {
    let result = try Self.compile("Control.swift.txt")
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `there are misuses to try`() {
    #expect(Self.misuses.count >= 13)
  }

  @Test(arguments: misuses)
  func `a misuse does not compile, for its own reason`(file: String) throws {
    let text = try String(contentsOf: Self.directory.appending(path: file), encoding: .utf8)
    let fragment = try #require(text.split(separator: "\n").first).dropFirst(3)
    let result = try Self.compile(file)
    #expect(result.status != 0)
    let errors = result.output.split(separator: "\n").filter { $0.contains("error:") }
    #expect(errors.count == 1 && errors[0].contains(fragment), "\(result.output)")
  }

  /// Compiles one file against the module this test is linked with, through the passes that diagnose.
  static func compile(_ file: String) throws -> (status: Int32, output: String) {
    let scratch = TemporaryDirectory()
    let source = scratch.file(String(file.dropLast(".txt".count)))
    try FileManager.default.copyItem(atPath: directory.appending(path: file).path, toPath: source)
    let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let headers = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/CLMDB")
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "swiftc", "-emit-sil", "-o", "/dev/null", "-swift-version", "6", "-module-name", "Misuse", source,
      "-I", products.appending(path: "Modules").path, "-I", headers.path,
    ]
    let pipe = Pipe()
    compiler.standardOutput = pipe
    compiler.standardError = pipe
    try compiler.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    compiler.waitUntilExit()
    // The message alone: each is printed again below its source line.
    return (
      compiler.terminationStatus, output.split(separator: "\n").filter { !$0.contains("|") }.joined(separator: "\n")
    )
  }
}
