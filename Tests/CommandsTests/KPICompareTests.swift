import Testing

struct KPICompareTests {
  @Test func `another period's figure stands beside the period's, with the change`() throws {
    let folder = try TestFolder.filled()
    let question = ["kpi", "K42:gmv", "--period", "2026-03", "--as-of", "2026-04-01", "--compare"]
    let json = folder.run(question + ["previous", "--format", "json"])
    #expect(json.status == 0, "\(json.errors)")
    for name in ["compare_value", "compare_numerator", "compare_denominator", "change", "compared_period"] {
      #expect(json.output.contains("\"\(name)\""), "\(name)")
    }
    let columns = ["--format", "csv", "--no-header", "--columns", "numerator,compare_numerator"]
    let same = folder.run(question + ["2026-03"] + columns).output.dropLast().split(separator: ",")
    #expect(same.count == 2 && same[0] == same[1] && same[0] != "0")
    #expect(folder.run(question + ["year_ago"]).output.contains("compared with 2025-03-01"))
  }

  @Test func `what cannot be compared is refused`() throws {
    let folder = try TestFolder.filled()
    for options in [
      ["--compare", "previous"], ["--compare", "previous", "--period", "2026-03", "--weekly"],
      ["--compare", "lsat month", "--period", "2026-03"],
      ["--compare", "previous", "--period", "2026-03", "--explain", "members"],
    ] {
      let refused = folder.run(["kpi", "K25"] + options)
      #expect(refused.status == 64 && refused.output.isEmpty, "\(options): \(refused.errors)")
    }
  }
}
