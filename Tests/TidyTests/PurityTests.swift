import Testing

struct PurityTests {
  @Test func `pure modules read no clock, file, environment or random source and print nothing`() {
    let findings = Purity.findings(in: Repository.current.sources)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test func `every pure module exists`() {
    #expect(Purity.modules.subtracting(Layering.current.modules.keys).isEmpty)
  }

  // That the check can fail.

  @Test(arguments: Purity.banned)
  func `a banned call is found in a pure module and nowhere else`(word: String) {
    let text = "let a = 1\nlet b = \(word.hasPrefix(".") ? "Int" : "")\(word)"
    #expect(
      Purity.findings(in: [RepositoryFile(path: "Sources/KPIs/A.swift", text: text)]) == [
        "Sources/KPIs/A.swift:2: \(word) in the pure module KPIs"
      ])
    #expect(Purity.findings(in: [RepositoryFile(path: "Sources/LMDB/A.swift", text: text)]).isEmpty)
  }

  @Test func `words of the same look are no calls`() {
    let text = "/// print(\nlet a = \"getenv\"\nbracket.open(x)\nfingerprint(x)\nvar opening: Instant\nstart.Update()"
    #expect(Purity.findings(in: [RepositoryFile(path: "Sources/KPIs/A.swift", text: text)]).isEmpty)
  }

  @Test func `a function that the file declares itself is no system call, another one still is`() {
    let text = "func open(_ bracket: Int) {}\nopen(1)\nprint(2)"
    #expect(
      Purity.findings(in: [RepositoryFile(path: "Sources/KPIs/A.swift", text: text)]) == [
        "Sources/KPIs/A.swift:3: print( in the pure module KPIs"
      ])
  }
}
