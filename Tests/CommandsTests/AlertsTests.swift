import Testing

struct AlertsTests {
  private func alerts(_ folder: TestFolder, _ options: String...) -> [String] {
    let outcome = folder.run(
      ["alerts", "--format", "csv", "--no-header", "--columns", "number,node,cause,due,level"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test func `what is late and what is stalled, and what was at an earlier instant`() throws {
    let folder = try TestFolder.filled()
    // Order 3 was placed on 3 March and is to be delivered by 6 March; nothing else is open.
    #expect(
      alerts(folder, "--as-of", "2026-03-10") == [
        "3,placed,stalled,2026-03-04T10:00:00.000Z,6", "3,placed,late_to_deliver,2026-03-06T00:00:00.000Z,1",
      ])
    #expect(alerts(folder, "--as-of", "2026-03-10", "--cause", "late_to_deliver").count == 1)
    // On 6 March order 2 was under way and late.
    #expect(
      alerts(folder, "--as-of", "2026-03-06T12:00:00Z").contains { $0.hasPrefix("2,shipped,late_to_deliver,") })
    #expect(alerts(folder, "--as-of", "2026-03-01") == [])
    #expect(
      alerts(folder, "--as-of", "2026-03-10", "--limit", "placed=1000") == [
        "3,placed,late_to_deliver,2026-03-06T00:00:00.000Z,1"
      ])
    for wrong in ["placed", "placed=x", "nowhere=3", "placed=3,colour=red"] {
      #expect(folder.run("alerts", "--limit", wrong).status == 64, "\(wrong)")
    }
    #expect(folder.run("alerts", "--cause", "boredom").status == 64)
  }

  @Test func `a hold explains why nothing moves, a new promise takes the place of the old`() throws {
    let folder = try TestFolder.filled()
    folder.run("order", "hold", "3", "payment", "--at", "2026-03-03T12:00:00Z")
    folder.run("order", "edit", "3", "--deliver-by", "2026-03-20", "--at", "2026-03-03T12:01:00Z")
    #expect(alerts(folder, "--as-of", "2026-03-10") == [])
    #expect(alerts(folder, "--as-of", "2026-03-21") == ["3,placed,late_to_deliver,2026-03-20T00:00:00.000Z,1"])
    let track = folder.run("track", "3", "--as-of", "2026-03-10").output
    #expect(track.contains("LATE"), "the original promise is kept")
  }

  @Test func `an exception is unanswered until somebody acknowledges it, and gone once it is resolved`() throws {
    let folder = try TestFolder.filled()
    folder.run("order", "exception", "1", "raise", "mis-ship", "--at", "2026-03-06T00:00:00Z")
    func causes() -> [String] { alerts(folder, "--as-of", "2026-03-06T05:00:00Z").filter { $0.hasPrefix("1,") } }
    #expect(causes() == ["1,delivered,unanswered,2026-03-06T04:00:00.000Z,1"])
    folder.run("order", "exception", "1", "acknowledge", "mis-ship", "--actor", "ann", "--at", "2026-03-06T01:00:00Z")
    #expect(causes() == ["1,delivered,unresolved,2026-03-06T04:00:00.000Z,1"])
    folder.run("order", "exception", "1", "resolve", "mis-ship", "--at", "2026-03-06T02:00:00Z")
    #expect(causes() == [])
  }
}
