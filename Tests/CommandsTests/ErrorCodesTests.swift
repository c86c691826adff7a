import Foundation
import Testing

/// Every code of the catalogue, raised by one command, which then changes nothing.
struct ErrorCodesTests {
  /// A command that must fail.
  struct Attempt {
    var arguments: [String]
    var store: String?

    init(_ arguments: String..., store: String? = nil) { (self.arguments, self.store) = (arguments, store) }
  }

  /// Brings a folder with three orders to where a command fails with the code, and tells the command.
  typealias Way = @Sendable (TestFolder) throws -> Attempt

  static let usage: [String: Way] = [
    "OB1102": { _ in Attempt("kpi", "K07", "--attribution", "deadline") },
    "OB1103": { _ in Attempt("kpi", "K07", "--tz", "Mars/Olympus") },
    "OB1201": { _ in Attempt("kpi", "K07", "--where", "channel =") },
    "OB1202": { _ in Attempt("kpi", "K07", "--where", "channel = 'web") },
    "OB1203": { _ in Attempt("kpi", "K07", "--where", "channel ~ 'w.*'") },
    "OB1204": { _ in Attempt("kpi", "K07", "--by", "locaton") },
    "OB1205": { _ in Attempt("kpi", "K07", "--where", "channel > 5") },
    "OB1206": { _ in Attempt("kpi", "K07", "--where", "reached dispatched") },
    "OB1207": { _ in Attempt("kpi", "K07", "--period", "2026-03..2026-01") },
    "OB1208": { _ in
      Attempt(
        "kpi", "K07", "--where", String(repeating: "(", count: 200) + "units = 1" + String(repeating: ")", count: 200))
    },
    "OB1301": { _ in Attempt("kpi", "K99") },
    "OB1302": { _ in Attempt("kpi", "K10") },
    "OB1303": { _ in Attempt("kpi", "K10:ontime") },
    "OB1304": { folder in
      for number in ["H1", "H2"] {
        folder.run(
          "order", "put", number, "--profile", "simple", "--line", "GOLD:1:90000000000000000.00", "--at", "2026-03-01")
      }
      return Attempt("kpi", "K42:gross")
    },
    "OB1305": { _ in Attempt("kpi", "K31:twa") },
    "OB1306": { folder in
      folder.run(
        "order", "put", "U1", "--profile", "simple", "--line", "TEA:1:1.00", "--currency", "USD", "--at", "2026-03-01")
      return Attempt("kpi", "K42:gross")
    },
    "OB1307": { _ in Attempt("kpi", "K31:twa", "--by", "channel", "--period", "2026-03") },
    "OB1308": { _ in Attempt("kpi", "K31:twa", "--period", "2026-03", "--explain", "sql:sqlite") },
  ]

  static let files: [String: Way] = [
    "OB2001": { $0.importing("gone.csv") },
    "OB2002": { folder in Attempt("import", folder.url.path, "--map", TestFolder.mapping) },
    "OB2003": { _ in Attempt("kpi", "K07", "-o", "/nowhere/at/all.csv") },
    "OB2004": { folder in
      // The head of a gzip member, and nothing after it.
      try folder.write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], "cut.csv.gz")
      return folder.importing("cut.csv.gz")
    },
    "OB2005": { folder in
      try folder.write(Array("order_no,placed_at,sku,qty,price\n".utf8) + [0xFF, 0x31], "text.csv")
      return folder.importing("text.csv")
    },
    "OB2006": { folder in
      _ = try folder.write("", "empty.csv")
      return folder.importing("empty.csv")
    },
    "OB2007": { folder in
      let mapping = try folder.write("format = \"csv\"\nformat = \n", "wrong.toml")
      return Attempt("import", folder.path("orders.csv"), "--map", mapping)
    },
    "OB2008": { folder in
      _ = try folder.write(TestFolder.csv.replacingOccurrences(of: "2026-03-0", with: "2026-13-0"), "bad.csv")
      return folder.importing("bad.csv", "--max-errors", "1")
    },
  ]

  static let rules: [String: Way] = [
    "OB3101": { _ in Attempt("track", "99") },
    "OB3102": { folder in
      folder.run("order", "put", "1", "--profile", "simple", "--channel", "other", "--line", "TEA:1:1.00")
      return Attempt("track", "1")
    },
    "OB3103": { _ in Attempt("inventory", "get", "NOPE") },
    "OB3104": { folder in
      folder.run("inventory", "receive", "TEA", "2", "--location", "north")
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50")
      return Attempt("inventory", "reserve", "--order", "10", "--location", "north")
    },
    "OB3105": { folder in
      folder.run("inventory", "receive", "TEA", "5", "--location", "north")
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50")
      folder.run("inventory", "reserve", "--order", "10", "--location", "north")
      return Attempt("inventory", "adjust", "TEA", "--location", "north", "--", "-1")
    },
    "OB3106": { folder in
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50", "--at", "2026-03-01")
      return Attempt("order", "put", "10", "--profile", "simple", "--line", "TEA:6:12.50", "--at", "2026-03-01")
    },
    "OB3107": { folder in
      folder.run("inventory", "receive", "TEA", "5", "--location", "north", "--key", "k1")
      return Attempt("inventory", "receive", "TEA", "6", "--location", "north", "--key", "k1")
    },
    "OB3108": { _ in Attempt("order", "cancel", "1") },
    "OB3109": { folder in
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50")
      return Attempt("inventory", "ship", "--order", "10", "--location", "north")
    },
    "OB3110": { folder in
      folder.run("order", "put", "10", "--profile", "simple", "--line", "NEW:1:1.00")
      return Attempt("inventory", "reserve", "--order", "10", "--location", "north")
    },
    "OB3111": { _ in Attempt("inventory", "receive", "TEA", "0", "--location", "north") },
    "OB3112": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("record", "10", "released")
    },
    "OB3113": { folder in
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50")
      folder.run("order", "hold", "10", "fraud")
      return Attempt("record", "10", "released")
    },
    "OB3114": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("order", "unhold", "10", "fraud")
    },
    "OB3115": { folder in
      folder.run("order", "put", "10", "--profile", "simple", "--line", "TEA:5:12.50", "--creator", "ann")
      return Attempt("order", "approve", "10", "--actor", "ann")
    },
    "OB3116": { folder in
      folder.released("10")
      return Attempt("order", "cancel", "10", "--side", "customer")
    },
    "OB3117": { folder in
      folder.reserved("10", "--split", "complete")
      return Attempt("order", "allocate", "10", "--location", "north", "--line", "TEA:1")
    },
    "OB3118": { folder in
      for number in ["10", "11"] { folder.released(number) }
      folder.run("record", "10", "labelled", "--carrier", "SF", "--waybill", "W1")
      return Attempt("record", "11", "labelled", "--carrier", "SF", "--waybill", "W1")
    },
    "OB3130": { folder in
      folder.run("order", "put", "10", "--line", "TEA:1:12.50")
      return Attempt("order", "merge", "10", "--into", "10")
    },
    "OB3128": { folder in
      folder.released("10")
      folder.run("record", "10", "shipped")
      return Attempt("record", "10", "attempt_failed")
    },
    "OB3129": { folder in
      folder.run("order", "put", "10", "--line", "TEA:1:12.50", "--customer", "ann", "--profile", "simple")
      for node in ["delivered", "return_requested", "return_authorised"] { folder.run("record", "10", node) }
      return Attempt("order", "put", "11", "--line", "TEA:1:12.50", "--customer", "ben", "--exchange-for", "10")
    },
    "OB3119": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("order", "terms", "10")
    },
    "OB3120": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("order", "refund", "10", "1.00")
    },
    "OB3121": { folder in
      folder.run("inventory", "receive", "TEA", "2", "--location", "north")
      return Attempt("inventory", "receive", "TEA", "1", "--location", "north", "--expected")
    },
    "OB3122": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      folder.run("order", "note", "10", "hello")
      return Attempt("order", "note", "10", "again", "--if-version", "999")
    },
    "OB3123": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("order", "void", "10", "1")
    },
    "OB3124": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("order", "edit", "10", "--quantity", "MUG:1")
    },
    "OB3125": { folder in
      folder.run("order", "put", "10", "--line", "TEA:5:12.50")
      return Attempt("order", "edit", "10")
    },
    "OB3127": { folder in
      folder.run("inventory", "receive", "TEA", "5", "--location", "north")
      folder.run("inventory", "cap", "TEA", "--channel", "shop", "--units", "1")
      folder.run("order", "put", "10", "--channel", "shop", "--profile", "simple", "--line", "TEA:2:12.50")
      return Attempt("inventory", "reserve", "--order", "10", "--location", "north")
    },
    "OB3126": { folder in
      folder.run("inventory", "receive", "TEA", "5", "--location", "north")
      folder.run("inventory", "kit", "SET", "--component", "TEA:2")
      return Attempt("inventory", "receive", "SET", "5", "--location", "north")
    },
  ]

  static let storage: [String: Way] = [
    "OB4100": { folder in
      try FileManager.default.createDirectory(atPath: folder.path("folder.orders"), withIntermediateDirectories: true)
      return Attempt("info", store: folder.path("folder.orders"))
    },
    "OB4101": { folder in Attempt("info", store: folder.path("gone.orders")) },
    "OB4102": { _ in Attempt("init") },
    "OB4103": { folder in Attempt("info", store: folder.path("orders.csv")) },
    "OB4104": { folder in Attempt("info", store: try folder.newerStore()) },
    "OB4114": { folder in Attempt("info", store: try folder.olderStore()) },
    "OB4109": { folder in
      var text = "order_no,placed_at,sku,qty,price,note\n"
      for number in 0..<300 {
        text += "N\(number),2026-03-01,S\(number),1,1.00,\(String(repeating: "n", count: 4_000))\n"
      }
      _ = try folder.write(text, "many.csv")
      return folder.importing("many.csv", "--map-size", "1M")
    },
  ]

  static let ways = usage.merging(files) { $1 }.merging(rules) { $1 }.merging(storage) { $1 }

  @Test(arguments: ways.keys.sorted())
  func `the code is raised, with its exit status and a hint, and nothing is changed`(code: String) throws {
    let folder = try TestFolder.filled()
    let way = try #require(Self.ways[code])
    let attempt = try way(folder)
    let before = folder.contentHash()
    #expect(!before.isEmpty)
    let outcome = folder.run(attempt.arguments, store: attempt.store)
    #expect(outcome.errors.hasPrefix("error \(code): "), "\(outcome.errors)")
    #expect(outcome.errors.components(separatedBy: "error \(code)").count == 2, "told once: \(outcome.errors)")
    #expect(outcome.status == TestFolder.exitStatuses[code])
    #expect(outcome.output.isEmpty || code == "OB2008", "\(outcome.output)")
    let json = folder.run(attempt.arguments, store: attempt.store, environment: ["ORDERBASE_ERRORS": "json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.errors.utf8)) as? [String: [String: Any]]
    #expect(object?["error"]?["code"] as? String == code)
    #expect((object?["error"]?["hint"] as? String)?.isEmpty == false)
    #expect(object?["error"]?["exit"] as? Int == Int(outcome.status))
    #expect(json.errors.split(separator: "\n").count == 1)
    // An import that a full map stops keeps whole commits; every other refusal keeps the content to the byte.
    if code == "OB4109" {
      #expect(folder.run("verify").status == 0)
    } else {
      #expect(folder.contentHash() == before)
    }
  }

  @Test func `a store must be named`() {
    let outcome = TestFolder.plain("info")
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error OB1101: no store named\n"))
  }

  // MARK: Codes of rows

  static let head = "order_no,channel,placed_at,status,currency,sku,qty,price,note\n"

  /// Rows of which at least one is rejected with the code.
  static let rows: [String: String] = [
    "OB2101": "A,web,2026-03-01,placed,EUR,S,1,1.00,n,extra",
    "OB2102": "A,web,2026-03-01,placed,EUR,S,1.5,1.00,n",
    "OB2103": "A,web,2026-03-01,placed,EUR,S,1,1.001,n",
    "OB2104": "A,web,2026-02-30,placed,EUR,S,1,1.00,n",
    "OB2105": ",web,2026-03-01,placed,EUR,S,1,1.00,n",
    "OB2106": "A,web,2026-03-01,placed,EUR,S,1,1.00,\"n",
    "OB2109": "A,web,2026-03-01,placed,EUR,S,1,1.00,n\nA,web,2026-03-02,placed,EUR,S,1,1.00,n",
    "OB2110": "A,web,2026-03-01,verschickt,EUR,S,1,1.00,n",
    "OB2112": "A,web,2026-03-01,placed,EUR,S,1,1.00,n\nA,web,2026-03-01,placed,EUR,S,x,1.00,n",
    "OB2113": "1,web,2026-03-01 10:00,placed,EUR,TEA,9,12.50,n",
    "OB2114": "A,web,2026-03-01,placed,EUR,S,1,1.00," + String(repeating: "n", count: 70_000),
  ]

  @Test(arguments: rows.keys.sorted())
  func `a bad row is rejected with its code, and the rest goes in`(code: String) throws {
    let folder = try TestFolder.filled()
    let bad = try #require(Self.rows[code])
    // The quote that never closes takes everything behind it.
    let good = "GOOD,web,2026-03-05,placed,EUR,TEA,1,12.50,n\n"
    _ = try folder.write(Self.head + good + bad + "\n", "rows.csv")
    let attempt = folder.importing("rows.csv", "--max-errors", "100%")
    let before = folder.contentHash()
    let dry = folder.run(attempt.arguments + ["--dry-run"])
    #expect(dry.status == 2)
    #expect(!FileManager.default.fileExists(atPath: folder.path("rows.rejects.csv")), "a dry run writes nothing")
    #expect(folder.contentHash() == before)

    let outcome = folder.run(attempt.arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains(code))
    let rejects = try String(contentsOfFile: folder.path("rows.rejects.csv"), encoding: .utf8)
    #expect(rejects.contains(code))
    #expect(!rejects.contains("GOOD"))
    #expect(folder.run("track", "GOOD").status == 0)
    #expect(folder.run("track", "A").status == 3)
    #expect(folder.run("verify").status == 0)
    #expect(folder.run(attempt.arguments + ["--strict"]).status == 8)
  }

  @Test func `a line that is no JSON object is rejected, and repaired goes in`() throws {
    let folder = try TestFolder.filled()
    let mapping = DocumentExamplesTests.root.appending(path: "Tools/mappings/generic-jsonl.toml").path
    let line = #""placed_at":"2026-03-01T00:00:00Z","currency":"EUR","lines":[{"sku":"S","qty":1,"price":1.5}]}"#
    let file = try folder.write(#"{"order_no":"J1","# + line + "\n" + #"{"order_no:"J2","# + line + "\n", "j.jsonl")
    let outcome = folder.run("import", file, "--map", mapping, "--max-errors", "100%")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("OB2107"))
    let rejects = try String(contentsOfFile: folder.path("j.rejects.jsonl"), encoding: .utf8)
    #expect(rejects.contains(#""code":"OB2107""#))
    #expect(folder.run("track", "J1").status == 0)
    #expect(folder.run("track", "J2").status == 3)
    // The line as it was stands in `raw`; repaired there, the rejects file itself goes back in.
    let repaired = rejects.replacingOccurrences(of: #"{\"order_no:\"J2"#, with: #"{\"order_no\":\"J2"#)
    #expect(repaired != rejects)
    let again = folder.run("import", try folder.write(repaired, "j.rejects.jsonl"), "--map", mapping)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("imported 1 orders (1 new"))
    #expect(folder.run("track", "J2").status == 0)
    #expect(folder.run("verify").status == 0)
  }

  @Test func `rows that refer to nothing are rejected by joined files`() throws {
    let folder = try TestFolder.filled()
    try folder.writeJoined()
    let mapping = DocumentExamplesTests.root.appending(path: "Tools/mappings/olist.toml").path
    let outcome = folder.run("import", folder.path("joined"), "--map", mapping, "--max-errors", "100%")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("1 OB2108"))
    #expect(outcome.output.contains("1 OB2111"))
    #expect(folder.run("track", "o2").status == 0)
    #expect(folder.run("track", "o1").status == 3)
    #expect(folder.run("verify").status == 0)
  }

  // MARK: All of them

  /// Raised by tests elsewhere.
  static let elsewhere: [String: String] = [
    "OB1101": "a store must be named", "OB1104": "ExitStatusTests",
    "OB2107": "a line that is no JSON object", "OB2108": "joined files",
    "OB2111": "joined files", "OB2115": "CommandFeedTests", "OB4105": "DamagedStoreTests", "OB4106": "ClosedDoorTests",
    "OB4107": "ClosedDoorTests",
    "OB4108": "FullDiskTests of the durability tests", "OB4110": "BusyStoreTests", "OB4111": "BusyStoreTests",
    "OB4113": "FaultTests of the durability tests", "OB4201": "DamagedStoreTests", "OB4202": "DamagedStoreTests",
  ]
  @Test func `every code of the catalogue is raised`() {
    let known = Set(Self.ways.keys).union(Self.rows.keys).union(Self.elsewhere.keys)
    for code in TestFolder.exitStatuses.keys.sorted() { #expect(known.contains(code), "\(code) is raised by no test") }
    for code in known.sorted() { #expect(TestFolder.exitStatuses[code] != nil, "\(code) is in no catalogue") }
  }
}

extension TestFolder {
  /// An import of a file of this folder.
  func importing(_ name: String, _ options: String...) -> ErrorCodesTests.Attempt {
    var attempt = ErrorCodesTests.Attempt()
    attempt.arguments = ["import", path(name), "--map", Self.mapping] + options
    return attempt
  }

  /// The set of files that `olist.toml` names: o1 names no customer, one item no order.
  fileprivate func writeJoined() throws {
    let folder = url.appending(path: "joined")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in [
      (
        "olist_orders_dataset.csv",
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,"
          + "order_delivered_customer_date,order_estimated_delivery_date\n"
          + "o1,c9,created,2018-01-01 10:00:00,,,,2018-02-01 00:00:00\n"
          + "o2,c1,created,2018-01-01 10:00:00,,,,2018-02-01 00:00:00\n"
      ),
      (
        "olist_customers_dataset.csv",
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,1,x,SP\n"
      ),
      (
        "olist_order_items_dataset.csv",
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\n"
          + "o2,1,p1,s1,2018-01-05 00:00:00,1.00,0.50\no7,1,p1,s1,2018-01-05 00:00:00,1.00,0.50\n"
      ),
      (
        "olist_order_payments_dataset.csv",
        "order_id,payment_sequential,payment_type,payment_installments,payment_value\no2,1,boleto,1,1.50\n"
      ),
      ("olist_products_dataset.csv", "product_id,product_category_name\np1,x\n"),
      ("product_category_name_translation.csv", "product_category_name,product_category_name_english\nx,y\n"),
    ] { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
  }
}
