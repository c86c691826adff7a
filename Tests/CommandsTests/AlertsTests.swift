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

  @Test func `recorded alerts are entries of the timeline, told once, with what cleared them`() throws {
    let folder = try TestFolder.filled()
    func record(_ asOf: String) -> String {
      folder.run("alerts", "--record", "--as-of", asOf, "--format", "table").output
    }
    #expect(record("2026-03-10").contains("2 recorded, 0 known already"))
    #expect(record("2026-03-11").contains("0 recorded, 2 known already"))
    folder.run("order", "note", "3", "called them", "--actor", "ann", "--at", "2026-03-10T03:00:00Z")
    func history(_ options: String...) -> [String] {
      let outcome = folder.run(["alerts", "--history", "--format", "csv", "--no-header", "--raw"] + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output.split(separator: "\n").map(String.init)
    }
    let columns = "number,node,cause,due,raised,cleared,cleared_by,actor,response"
    #expect(
      history("--columns", columns) == [
        "3,placed,stalled,2026-03-04T10:00:00.000Z,2026-03-10T00:00:00.000Z,2026-03-10T03:00:00.000Z,noted,ann,10800000",
        "3,placed,late_to_deliver,2026-03-06T00:00:00.000Z,2026-03-10T00:00:00.000Z,2026-03-10T03:00:00.000Z,noted,ann,"
          + "10800000",
      ])
    #expect(history("--as-of", "2026-03-10T01:00:00Z", "--columns", "cleared_by,response") == [",", ","])
    #expect(history("--period", "2026-02") == [])
    #expect(history("--period", "2026-03", "--cause", "stalled").count == 1)
    // The note counts as something that happened: a day later it does not move again.
    #expect(alerts(folder, "--as-of", "2026-03-12").last == "3,placed,stalled,2026-03-11T03:00:00.000Z,1")
    #expect(record("2026-03-12").contains("1 recorded, 1 known already"))
    let track = folder.run("track", "3").output
    #expect(track.contains("alerted") && track.contains("stalled due 2026-03-04T10:00:00"))
    #expect(folder.run("verify").status == 0)
    #expect(folder.run("alerts", "--record", "--history").status == 64)
    #expect(folder.run("alerts", "--period", "2026").status == 64)
    #expect(folder.run("alerts", "--history", "--period", "yesteryear").status == 64)
  }

  @Test func `limits in business time run in the open hours of a calendar`() throws {
    let folder = try TestFolder.filled()
    folder.run("order", "pay", "3", "12.50", "--at", "2026-03-06T16:30:00Z")
    let text = """
      zone = "UTC"
      holidays = ["2026-03-09"]
      [hours]
      monday = ["09:00-17:00"]
      tuesday = ["09:00-12:00", "13:00-17:00"]
      friday = ["09:00-17:00"]
      """
    let calendar = try folder.write(text, "calendar.toml")
    // Half an hour on Friday the 6th; Monday is a holiday; three and a half hours on Tuesday.
    let stalled = ["--cause", "stalled", "--as-of", "2026-03-11"]
    func due(_ options: [String]) -> [String] {
      folder.run(["alerts", "--format", "csv", "--no-header", "--columns", "node,due"] + stalled + options).output
        .split(separator: "\n").map(String.init)
    }
    #expect(due([]) == ["paid,2026-03-06T20:30:00.000Z"])
    #expect(due(["--calendar", calendar]) == ["paid,2026-03-10T13:30:00.000Z"])
    #expect(due(["--calendar", calendar, "--limit", "paid=3"]) == ["paid,2026-03-10T11:30:00.000Z"])
    #expect(
      due(["--calendar", calendar, "--limit", "paid=3,clock=calendar"]) == ["paid,2026-03-06T19:30:00.000Z"])
    #expect(folder.run("alerts", "--limit", "paid=3,clock=sundial").status == 64)
    let wrong = folder.run("alerts", "--calendar", try folder.write("zone = 3", "wrong.toml"))
    #expect(wrong.status == 64 && wrong.errors.contains("wrong.toml:1: zone"))
    #expect(folder.run("alerts", "--calendar", folder.path("gone.toml")).status == 3)
  }
}
