import Foundation
import Testing

/// The commands of one order's life, each beside what it refuses.
struct OrderLifeTests {
  /// Runs commands that must be refused with the status and leave the content as it was.
  private func refused(_ folder: TestFolder, _ status: Int32, _ commands: [[String]]) {
    let before = folder.contentHash()
    for command in commands {
      let outcome = folder.run(command)
      #expect(outcome.status == status, "\(command): \(outcome.errors)")
      #expect(outcome.output.isEmpty, "\(command)")
      #expect(folder.contentHash() == before, "\(command) changed something")
    }
  }

  private func done(_ folder: TestFolder, _ command: [String], prints text: String) {
    let outcome = folder.run(command)
    #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    #expect(outcome.output.contains(text), "\(command): \(outcome.output)")
  }

  private func stock(_ folder: TestFolder) -> String {
    folder.run("inventory", "get", "TEA", "--format", "csv", "--no-header").output
  }

  @Test func `an order is placed, reserved, shipped and delivered, and no step is skipped over a rule`() throws {
    let folder = try TestFolder.filled()
    done(
      folder, ["inventory", "receive", "TEA", "10", "--location", "north", "--cost", "4.00", "--key", "r1"],
      prints: "received 10 of TEA at north")
    #expect(stock(folder) == "TEA,north,10,0,0,10,40.00,0,0,0,0\n")
    done(
      folder, ["inventory", "receive", "TEA", "10", "--location", "north", "--cost", "4.00", "--key", "r1"],
      prints: "received")
    #expect(stock(folder) == "TEA,north,10,0,0,10,40.00,0,0,0,0\n", "the same key again receives nothing")

    let put = [
      "order", "put", "10", "--profile", "simple", "--line", "TEA:4:12.50", "--line", "MUG:1:8.00", "--customer", "c7",
    ]
    refused(
      folder, 64,
      [
        ["order", "put", "10", "--line", "TEA"], ["order", "put", "10", "--profile", "simple", "--line", "TEA:x:1.00"],
        ["order", "put", "10", "--profile", "simple", "--line", "TEA:1:1.005"],
        ["order", "put", "10", "--profile", "simple", "--line", "TEA:1:1.00", "--at", "never"],
        ["order", "put", "10"],
      ])
    refused(folder, 4, [["order", "put", "10", "--profile", "simple", "--line", "TEA:0:1.00"]])
    done(folder, put, prints: "placed 10 at sequence")
    done(folder, put, prints: "10 is stored already")
    refused(folder, 4, [["order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50", "--customer", "c7"]])

    refused(
      folder, 4,
      [
        ["inventory", "reserve", "--order", "10", "--location", "south"],
        ["inventory", "reserve", "--order", "10", "--location", "north", "--line", "TEA:5"],
        ["inventory", "ship", "--order", "10", "--location", "north", "--line", "TEA:1"],
      ])
    refused(folder, 3, [["inventory", "reserve", "--order", "404", "--location", "north"]])
    refused(folder, 64, [["inventory", "reserve", "--order", "10", "--location", "north", "--line", "TEA"]])
    let reserve = ["inventory", "reserve", "--order", "10", "--location", "north", "--line", "TEA:4", "--key", "k10"]
    done(folder, reserve, prints: "reserved stock of 10")
    #expect(stock(folder) == "TEA,north,10,4,0,6,40.00,0,0,0,0\n")
    done(folder, reserve, prints: "10: nothing to do")
    #expect(stock(folder) == "TEA,north,10,4,0,6,40.00,0,0,0,0\n", "the same key again promises nothing")
    refused(folder, 4, [["inventory", "adjust", "TEA", "--location", "north", "--", "-7"]])
    done(
      folder, ["inventory", "release", "--order", "10", "--location", "north", "--line", "TEA:1"], prints: "released")
    #expect(stock(folder) == "TEA,north,10,3,0,7,40.00,0,0,0,0\n")

    done(
      folder, ["order", "cancel", "10", "--line", "TEA:1", "--side", "customer", "--reason", "less"],
      prints: "10: cancelled at sequence")
    refused(folder, 64, [["order", "cancel", "10", "--side", "nobody"], ["order", "cancel", "10", "--line", "TEA"]])
    refused(folder, 3, [["order", "cancel", "404"]])

    refused(folder, 64, [["record", "10", "dispatched"], ["record", "10", "packed", "--at", "never"]])
    refused(folder, 3, [["record", "404", "packed"]])
    done(folder, ["record", "10", "packed", "--actor", "ann", "--at", "2026-03-30"], prints: "10: packed at sequence")
    done(
      folder, ["record", "10", "packed", "--actor", "ann", "--at", "2026-03-30"], prints: "10: nothing new")
    done(
      folder, ["inventory", "ship", "--order", "10", "--location", "north", "--line", "TEA:3"], prints: "shipped stock")
    #expect(stock(folder) == "TEA,north,7,0,0,7,28.00,0,0,0,0\n")
    done(folder, ["record", "10", "shipped"], prints: "10: nothing new")
    refused(folder, 4, [["order", "cancel", "10"], ["record", "10", "placed", "--at", "2026-03-31"]])
    done(folder, ["record", "10", "delivered"], prints: "10: delivered at sequence")

    let track = folder.run("track", "10", "--format", "csv").output
    for node in ["placed", "packed", "shipped", "delivered"] { #expect(track.contains("10,\(node),"), "\(node)") }
    #expect(folder.run("verify").status == 0)
  }

  @Test func `orders are got, listed, found and tracked, each by its channel when numbers meet`() throws {
    let folder = try TestFolder.filled()
    folder.run(
      "order", "put", "1", "--profile", "simple", "--channel", "other", "--line", "TEA:1:1.00", "--phone", "030 999")
    for command in [["order", "get", "1"], ["track", "1"], ["record", "1", "packed"], ["order", "cancel", "1"]] {
      let outcome = folder.run(command)
      #expect(outcome.status == 4, "\(command)")
      #expect(outcome.errors.hasPrefix("error OB3102: "))
    }
    #expect(folder.run("order", "get", "1", "--channel", "other", "--format", "csv").output.contains("1,other,TEA,1,"))
    #expect(folder.run("order", "get", "1", "--channel", "nowhere").status == 3)
    #expect(folder.run("find", "1", "--format", "jsonl").output.split(separator: "\n").count == 2)
    #expect(folder.run("find", "1", "--channel", "web", "--format", "jsonl").output.split(separator: "\n").count == 1)
    #expect(folder.run("find", "--phone", "030/999", "--format", "csv").output.contains("1,other,"))
    #expect(folder.run("find", "--phone", "000").output.contains("no rows"))
    #expect(folder.run("find", "--email", "nobody@example.org").status == 0)
    #expect(folder.run("find", "1", "--customer", "c1").status == 64)
    let list = folder.run("order", "list", "--limit", "2", "--format", "csv", "--no-header").output.split(
      separator: "\n")
    #expect(list.count == 2)
    #expect(list.first?.hasPrefix("1,other,") == true, "the newest first")
    #expect(folder.run("order", "list", "--limit", "0").status == 0)
  }

  @Test func `test data are the same bytes for the same seed, and import whole`() throws {
    let folder = try TestFolder.filled()
    for name in ["a.csv", "b.csv"] {
      #expect(folder.run("load", "gen", "--orders", "200", "--seed", "5", "-o", folder.path(name)).status == 0)
    }
    #expect(try folder.bytes("a.csv") == folder.bytes("b.csv"))
    folder.run("load", "gen", "--orders", "200", "--seed", "6", "-o", folder.path("b.csv"))
    #expect(try folder.bytes("a.csv") != folder.bytes("b.csv"))
    #expect(folder.run("load", "gen", "--orders", "9", "--profile", "none", "-o", folder.path("c.csv")).status == 64)
    #expect(folder.run("load", "gen", "--orders", "9", "-o", "/nowhere/c.csv").status == 1)
    let outcome = folder.run(folder.importing("a.csv", "--tz", "+08:00").arguments)
    #expect(outcome.output.hasPrefix("imported 200 orders (200 new, 0 updated, 0 unchanged)\n"))
    #expect(folder.run(folder.importing("a.csv", "--tz", "Mars").arguments).status == 64)
  }

  @Test func `a store is made once, with settings that are possible`() throws {
    let folder = try TestFolder()
    for options in [
      ["--tz", "Mars"], ["--currency", "euro"], ["--scale", "GBP"], ["--scale", "GBP=12"], ["--week-start", "8"],
    ] {
      #expect(folder.run(["init"] + options).status == 64, "\(options)")
      #expect(try folder.names.isEmpty, "\(options) left something behind")
    }
    #expect(folder.run("init", "--tz", "Asia/Shanghai", "--currency", "CNY", "--scale", "GBP=3").status == 0)
    let info = folder.run("info", "--format", "tsv").output
    for line in ["orders\t0", "time_zone\tAsia/Shanghai", "currency\tCNY", "scale_GBP\t3", "sequence\t0"] {
      #expect(info.contains(line), "\(line)")
    }
    #expect(folder.run("init").status == 1)
    let outcome = folder.run("init", store: folder.path("no/such/folder/s.orders"))
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("error OB2003: "), "\(outcome.errors)")
  }

  @Test func `a backup is made beside nothing that is there, and a restore likewise`() throws {
    let folder = try TestFolder.filled()
    #expect(folder.run("backup", folder.path("b.orders")).errors.contains("sequence"))
    let before = try folder.bytes("b.orders")
    #expect(folder.run("backup", folder.path("b.orders")).status == 1, "exists")
    #expect(folder.run("backup", folder.path("no/such/b.orders")).errors.hasPrefix("error OB2003: "))
    #expect(folder.run("restore", folder.path("gone.orders"), store: folder.path("r.orders")).status == 3)
    #expect(folder.run("restore", folder.path("orders.csv"), store: folder.path("r.orders")).status == 6)
    #expect(try !folder.names.contains("r.orders"))
    #expect(try folder.bytes("b.orders") == before)
    #expect(folder.run("restore", folder.path("b.orders"), store: folder.path("r.orders")).status == 0)
    for command in [["changes"], ["order", "list"], ["kpi", "--all", "--period", "2026"]] {
      #expect(folder.run(command, store: folder.path("r.orders")).output == folder.run(command).output)
    }
    #expect(
      folder.run("find", "--email", "ann@example.org", "--format", "csv", store: folder.path("r.orders")).output
        .contains("c1"), "personal data is in the copy")
  }

  @Test func `the change feed goes on behind the last sequence read`() throws {
    let folder = try TestFolder.filled()
    var read = folder.run("changes").output
    for number in 70..<74 {
      folder.run("order", "put", "\(number)", "--profile", "simple", "--line", "TEA:1:1.00")
      let last = try #require(read.matches(of: /"sequence":([0-9]+)/).last.flatMap { Int($0.1) })
      read += folder.run("changes", "--from", String(last + 1)).output
      #expect(read == folder.run("changes").output)
    }
    #expect(folder.run("changes", "--from", "1000000").output.isEmpty)
    #expect(folder.run("changes", "--from", "yesterday").status == 64)
  }
}
