import Foundation

/// A file of the repository: its path from the top, `/` between the parts, and its bytes.
struct RepositoryFile: Sendable {
  var path: String
  var bytes: [UInt8]

  init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
  init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// `Sources/KPIs/OnTime.swift` belongs to `KPIs`.
  var module: String? {
    let parts = path.split(separator: "/")
    return parts.count >= 3 && parts[0] == "Sources" ? String(parts[1]) : nil
  }
  /// The text; nil for what is not text: a zero byte, or not UTF-8.
  var text: String? { bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self) }
}

/// The files that are in git or would be added to it.
struct Repository: Sendable {
  var files: [RepositoryFile]

  init(files: [RepositoryFile]) { self.files = files }

  /// The repository that this file belongs to.
  static let current = Repository(top: URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL)

  private init(top: URL) {
    files = Self.paths(under: top).compactMap { path in
      guard let data = try? Data(contentsOf: top.appending(path: path)) else { return nil }
      return RepositoryFile(path: path, bytes: Array(data))
    }
  }

  /// Swift files of the shipped modules.
  var sources: [RepositoryFile] { files.filter { $0.module != nil && $0.path.hasSuffix(".swift") } }

  func file(_ path: String) -> RepositoryFile? { files.first { $0.path == path } }

  /// As git lists them; without git (an unpacked archive), every file outside hidden and build folders.
  private static func paths(under top: URL) -> [String] {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", top.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    let (output, errors) = (Pipe(), Pipe())
    (git.standardOutput, git.standardError) = (output, errors)
    if (try? git.run()) != nil {
      let data = output.fileHandleForReading.readDataToEndOfFile()
      git.waitUntilExit()
      if git.terminationStatus == 0 {
        return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      }
    }
    let found = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String } ?? []
    return found.filter { path in !path.split(separator: "/").contains { $0.hasPrefix(".build") || $0 == ".git" } }
  }
}
