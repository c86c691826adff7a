import Testing

struct KPIOptionsTests {
  @Test func `the time on hold is left out where it is asked for`() throws {
    let folder = try TestFolder.filled()
    folder.run("order", "hold", "3", "payment", "--at", "2026-03-03T12:00:00Z")
    folder.run("order", "unhold", "3", "payment", "--at", "2026-03-03T15:00:00Z")
    folder.run("record", "3", "delivered", "--at", "2026-03-04T10:00:00Z")
    func sum(_ options: String...) -> String {
      folder.run(["kpi", "--as-of", "2026-04-01", "--format", "csv", "--no-header", "--columns", "mean_num"] + options)
        .output
    }
    let gross = try #require(Int(sum("K07").dropLast(1)))
    #expect(sum("K07", "--net-of-holds") == "\(gross - 3 * 3_600_000)\n")
    // A payment is the customer's to make.
    #expect(sum("K07:net") == "\(gross - 3 * 3_600_000)\n")
  }

  @Test func `a claim window decides what is still open`() throws {
    let folder = try TestFolder.filled()
    func pending(_ options: String...) -> String {
      folder.run(
        ["kpi", "K23", "--as-of", "2026-03-10", "--format", "csv", "--no-header", "--columns", "pending"] + options
      ).output
    }
    #expect(try #require(Int(pending().dropLast(1))) > (try #require(Int(pending("--claim-window", "0").dropLast(1)))))
  }

  @Test func `an option that no figure takes is refused, and so is a window that is none`() throws {
    let folder = try TestFolder.filled()
    let refused = folder.run("kpi", "K25", "--net-of-holds")
    #expect(refused.status == 64 && refused.errors.contains("K01"))
    #expect(folder.run("kpi", "K01", "--claim-window", "7").status == 64)
    #expect(folder.run("kpi", "K17", "--claim-window", "-1").status == 64)
    #expect(folder.run("kpi", "K17", "--claim-window", "40000").status == 64)
    #expect(folder.run("kpi", "--all", "--net-of-holds", "--claim-window", "7", "--as-of", "2026-04-01").status == 0)
  }

  @Test func `stalled is what stands longer than the standard limits allow`() throws {
    let folder = try TestFolder.filled()
    let figures = folder.run(
      "kpi", "K16", "--as-of", "2026-03-10", "--format", "csv", "--no-header", "--columns", "numerator,denominator")
    #expect(figures.output == "1,1\n", "\(figures.errors)")
  }
}
