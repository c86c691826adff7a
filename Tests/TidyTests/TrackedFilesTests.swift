import Testing

struct TrackedFilesTests {
  @Test func `no file is large, names a path of one machine or is marked unfinished`() {
    #expect(Repository.current.files.count > 50, "the files were not found")
    let findings = TrackedFiles.findings(in: .current)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  // That the check can fail.

  @Test(arguments: TrackedFiles.bannedTexts)
  func `a banned text is found in any kind of file`(banned: String) {
    for path in ["Sources/KPIs/A.swift", "README.md", "Tools/test"] {
      let file = RepositoryFile(path: path, text: "first\nsee \(banned)here\n")
      #expect(TrackedFiles.findings(in: Repository(files: [file])) == ["\(path):2: holds '\(banned)'"])
    }
  }

  @Test func `a file of more than two hundred kilobytes is found, one of exactly that is not`() {
    let limit = TrackedFiles.largestByteCount
    let files = [limit, limit + 1].map { RepositoryFile(path: "data-\($0)", bytes: Array(repeating: 0, count: $0)) }
    #expect(
      TrackedFiles.findings(in: Repository(files: files)) == [
        "data-\(limit + 1): \(limit + 1) bytes; at most \(limit) belong in git"
      ])
  }

  @Test func `bytes that are no text are not searched`() {
    let file = RepositoryFile(path: "Tests/Data/a.bin", bytes: [0] + Array(TrackedFiles.bannedTexts[2].utf8))
    #expect(TrackedFiles.findings(in: Repository(files: [file])).isEmpty)
  }
}
