import Foundation
import Testing

/// Each exit status of the interface, reached.
struct ExitStatusTests {
  @Test func `0: done, also an empty result`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("kpi", "K07").status == 0)
    #expect(folder.run("find", "--customer", "nobody").status == 0)
    #expect(folder.run("find", "--customer", "nobody").output.contains("no rows"))
  }

  @Test func `1: failed for another reason`() throws {
    let folder = try TestFolder.filled()
    let outcome = folder.run("init")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("error OB4102: "))
  }

  @Test func `2: rejected rows, the rest is in`() throws {
    let folder = try TestFolder.filled()
    let file = try folder.write(
      TestFolder.csv.replacingOccurrences(of: "\n3,web", with: "\n4,web").replacingOccurrences(
        of: "12.50", with: "12.505"
      )
      .replacingOccurrences(of: "\n1,web", with: "\n5,web"), "bad.csv")
    let outcome = folder.run("import", file, "--map", TestFolder.mapping, "--max-errors", "9")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("2 rejected"))
    #expect(outcome.output.contains("OB2103"))
    let rejects = try String(contentsOfFile: folder.path("bad.rejects.csv"), encoding: .utf8)
    #expect(rejects.contains("_line,_code,_column,_value,_reason"))
    // Repaired and fed back, the rows go in.
    let repaired = try folder.write(rejects.replacingOccurrences(of: "12.505", with: "12.50"), "bad.rejects.csv")
    #expect(folder.run("import", repaired, "--map", TestFolder.mapping).status == 0)
    #expect(folder.run("track", "4").status == 0)
    #expect(folder.run("track", "5").status == 0)
  }

  @Test func `3: not found`() throws {
    let folder = try TestFolder.filled()
    for outcome in [
      folder.run("track", "99"), folder.run("find", "99"), folder.run("inventory", "get", "NOPE"),
      folder.run("kpi", "K99"), folder.run("info", store: folder.path("gone.orders")),
      folder.run("import", folder.path("gone.csv"), "--map", TestFolder.mapping),
    ] {
      #expect(outcome.status == 3, "\(outcome.errors)")
      #expect(outcome.errors.contains("hint:"))
    }
  }

  @Test func `4: refused by a rule, nothing changed`() throws {
    let folder = try TestFolder.filled()
    folder.run("inventory", "receive", "TEA", "2", "--location", "north")
    folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50")
    let before = folder.contentHash()
    let outcome = folder.run("inventory", "reserve", "--order", "10", "--location", "north")
    #expect(outcome.status == 4)
    #expect(outcome.errors.hasPrefix("error OB3104: only 2 of 'TEA' available at 'north'; 5 wanted\n"))
    #expect(folder.run("order", "cancel", "1").status == 4, "it was delivered")
    #expect(
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:6:12.50").status == 4, "another body")
    #expect(folder.contentHash() == before)
  }

  @Test func `6: damaged, or newer than the tool`() throws {
    let folder = try TestFolder.filled()
    let outcome = folder.run("info", store: try folder.newerStore())
    #expect(outcome.status == 6)
    #expect(outcome.errors.contains("OB4104"))
    let text = try folder.write(String(repeating: "no store\n", count: 2_000), "text.orders")
    let before = try folder.names
    for command in [["info"], ["order", "put", "9", "--line", "TEA:1:1.00"], ["verify"]] {
      #expect(folder.run(command, store: text).status == 6)
    }
    let empty = try folder.write("", "empty.orders")
    #expect(folder.run("info", store: empty).status == 6)
    #expect(try folder.names == (before + ["empty.orders"]).sorted(), "no lock file beside what is no store")
  }

  @Test func `8: stopped by the limit of rejects`() throws {
    let folder = try TestFolder.filled()
    let file = try folder.write(TestFolder.csv.replacingOccurrences(of: ",2026-03-0", with: ",2026-13-0"), "bad.csv")
    let outcome = folder.run("import", file, "--map", TestFolder.mapping, "--max-errors", "1")
    #expect(outcome.status == 8)
    #expect(outcome.errors.contains("OB2008"))
  }

  @Test func `9: no room, nothing half-written`() throws {
    let folder = try TestFolder()
    folder.run("init")
    var text = String(TestFolder.csv.split(separator: "\n")[0]) + "\n"
    for number in 0..<4_000 {
      text += "N\(number),web,c\(number),x\(number)@example.org,,2026-03-01 10:00,,,placed,,EUR,SKU-\(number),1,1.00\n"
    }
    let file = try folder.write(text, "many.csv")
    let outcome = folder.run("import", file, "--map", TestFolder.mapping, "--map-size", "1M")
    #expect(outcome.status == 9, "\(outcome.errors)")
    #expect(outcome.errors.contains("OB4109"))
    #expect(folder.run("verify").status == 0)
    #expect(folder.run("import", file, "--map", TestFolder.mapping).status == 0)
    #expect(folder.run("info").output.contains("orders          4000"))
  }

  @Test func `64: usage, also of query texts, mappings and ambiguous names`() throws {
    let folder = try TestFolder.filled()
    for arguments in [
      ["kpi"], ["kpi", "K10"], ["kpi", "K37"], ["kpi", "K07", "--by", "locaton"],
      ["kpi", "K07", "--where", "channel ="],
      ["kpi", "K07", "--period", "2026-03..2026-01"], ["kpi", "K07", "--tz", "Mars"], ["nonsense"],
      ["kpi", "K07", "--format", "pdf"], ["find"],
    ] {
      let result = folder.run(arguments)
      #expect(result.status == 64, "\(arguments): \(result.errors)")
    }
    let mapping = try folder.write(
      try String(contentsOfFile: TestFolder.mapping, encoding: .utf8).replacingOccurrences(
        of: "optional_columns = true", with: "optional_columns = false"), "strict.toml")
    let outcome = folder.run("import", folder.path("orders.csv"), "--map", mapping)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("no column"))
  }

  @Test func `arguments that are not understood are one line of JSON too`() throws {
    let folder = try TestFolder.filled()
    for arguments in [
      ["kpi", "--format", "json"], ["kpi", "K07", "--format=jsonl", "--nonsense"], ["nonsense", "--format", "json"],
      ["find", "--format", "json"], ["kpi", "K07", "--format", "json", "--color", "mauve"],
    ] {
      let outcome = folder.run(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      let json = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: [String: Any]]
      #expect(json?["error"]?["code"] as? String == "OB1104")
      #expect((json?["error"]?["message"] as? String)?.isEmpty == false)
      #expect((json?["error"]?["hint"] as? String)?.isEmpty == false)
      #expect(json?["error"]?["exit"] as? Int == 64)
    }
    #expect(folder.run("kpi").errors.hasPrefix("Error: "), "people get the usage")
  }

  @Test func `a bare name with several meanings lists them`() throws {
    let folder = try TestFolder.filled()
    let outcome = folder.run("kpi", "K37")
    for variant in ["ever", "in-period", "returning", "prior", "lifetime", "window"] {
      #expect(outcome.errors.contains("K37:\(variant)"))
    }
  }

  @Test func `an error is one line of JSON where JSON was asked for`() throws {
    let folder = try TestFolder.filled()
    for outcome in [
      folder.run("track", "99", "--format", "json"),
      folder.run("track", "99", environment: ["ORDERBASE_ERRORS": "json"]),
    ] {
      #expect(outcome.errors.split(separator: "\n").count == 1)
      let json = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: [String: Any]]
      #expect(json?["error"]?["code"] as? String == "OB3101")
      #expect(json?["error"]?["exit"] as? Int == 3)
    }
  }
}
