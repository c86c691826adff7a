import Testing

struct KPIFilesTests {
  @Test func `every key figure has its test file and its section in the reference`() {
    let findings = KPIFiles.findings(in: .current)
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test func `key figures are found at all`() {
    #expect(Repository.current.sources.contains { $0.module == "KPIs" && !KPIFiles.ids(in: $0).isEmpty })
  }

  // That the check can fail.

  let figure = RepositoryFile(path: "Sources/KPIs/OnTime.swift", text: "Definition(\n  id: \"K10\", slug: \"on_time\")")
  let helper = RepositoryFile(path: "Sources/KPIs/Verdicts.swift", text: "struct Verdicts { var id: String }")
  let test = RepositoryFile(path: "Tests/KPIsTests/OnTimeTests.swift", text: "struct OnTimeTests {}")

  @Test func `a figure with its test file passes before there is a reference, without one it is found`() {
    #expect(KPIFiles.findings(in: Repository(files: [figure, helper, test])).isEmpty)
    #expect(
      KPIFiles.findings(in: Repository(files: [figure, helper])) == [
        "Sources/KPIs/OnTime.swift: no Tests/KPIsTests/OnTimeTests.swift"
      ])
  }

  @Test func `once there is a reference it has each figure and no other`() {
    func findings(_ text: String) -> [String] {
      let reference = RepositoryFile(path: KPIFiles.reference, text: text)
      return KPIFiles.findings(in: Repository(files: [figure, helper, test, reference]))
    }
    #expect(findings("# Key figures\n\n## K10 On-time delivery\n").isEmpty)
    #expect(
      findings("# Key figures\n\nK10 is mentioned only.\n") == [
        "Sources/KPIs/OnTime.swift: no section for K10 in Documentation/Reference/KPIs.md"
      ])
    #expect(
      findings("## K10:scor On-time delivery\n## K99 Gone\n") == [
        "Documentation/Reference/KPIs.md: a section for K99, which no file under Sources/KPIs defines"
      ])
  }
}
