import Testing

struct UnsafeMarksTests {
  @Test func `unsafe stands only where it is expected`() {
    let findings = UnsafeMarks.findings(in: Repository.current.sources)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test func `the list names no file that is gone`() {
    let paths = Set(Repository.current.sources.map(\.path))
    #expect(UnsafeMarks.files.subtracting(paths).isEmpty)
  }

  // That the check can fail.

  @Test func `a mark elsewhere is found, a word in a comment or a longer name is not`() {
    let text = "// unsafe\nlet a = unsafe b\nlet unsafely = \"unsafe\"\nnonisolated(unsafe) var c = 1"
    let findings = UnsafeMarks.findings(in: [
      RepositoryFile(path: "Sources/Reports/A.swift", text: text),
      RepositoryFile(path: "Sources/LMDB/A.swift", text: text),
      RepositoryFile(path: "Sources/Intake/Inflater.swift", text: text),
    ])
    #expect(findings.map { $0.prefix(25) } == ["Sources/Reports/A.swift:2", "Sources/Reports/A.swift:4"])
  }
}
