import Foundation
import Intake
import OrderModel
import Testing

struct ImporterTests {
  let directory: TemporaryDirectory
  let sink = MemorySink()

  init() throws { directory = try TemporaryDirectory() }

  private func options() -> ImportOptions {
    var options = ImportOptions()
    options.temporaryDirectory = directory.path
    options.errorLimit = .none
    return options
  }

  private static let header = """
    tz = "+01:00"
    channel = "shop"
    currency = "EUR"

    """

  /// One row a line, with everything a mapping of one file can have.
  private static let mapping =
    header + """
      [order]
      number = "no"
      placed_at = { from = "at", take = "earliest" }
      region = "region"
      [customer]
      key = { column = ["customer", "email"], normalise = "lower" }
      email = { column = "email", normalise = "email" }
      [lines]
      sku = "sku"
      qty = "qty"
      price = "price"
      [events]
      shipped = "shipped"
      [status]
      from = "status"
      reason = "why"
      [status.map]
      open = ""
      shipped = "shipped"
      off = { node = "cancelled", side = "seller", reason = "no stock" }
      [credits]
      prefix = "C"
      [movements]
      location = { constant = "main" }
      reason_below_zero = { constant = "lost" }
      [[skip]]
      prefix = "A"
      [[skip]]
      column = "sku"
      equals = ["POSTAGE"]
      """

  private static let columns = "no,at,region,customer,email,sku,qty,price,shipped,status,why\n"

  private func run(
    _ rows: String, mapping: String = mapping, options: ImportOptions? = nil, name: String = "a.csv"
  ) throws -> ImportReport {
    let path = try directory.file(name, Self.columns + rows)
    return try Importer(Mapping(mapping, path: "m.toml"), options: options ?? self.options()).run(
      [path], into: sink.apply)
  }

  @Test func `rows of one order become one command`() throws {
    let report = try run(
      """
      1,2025-03-02 10:00:00,NW,C1, A@B.de ,S1,2,9.90,2025-03-03 08:00:00,shipped,
      1,2025-03-02 09:59:00,NW,C1, A@B.de ,S2,1,1,2025-03-03 08:00:00,shipped,

      """)
    let order = try #require(sink.orders.first)
    #expect(order.order.number == "1")
    #expect(order.order.placedAt == Instant(milliseconds: 1_740_905_940_000))
    #expect(order.order.region == "NW")
    #expect(order.order.customer == CustomerIdentity(key: "c1", email: "a@b.de"))
    #expect(
      order.order.lines == [
        NewLine(sku: "S1", quantity: 2, unitPriceMinorUnits: 990),
        NewLine(sku: "S2", quantity: 1, unitPriceMinorUnits: 100),
      ])
    #expect(order.events == [ObservedEvent(node: .shipped, occurredAt: Instant(milliseconds: 1_740_985_200_000))])
    #expect(order.order.sourceStatus == "shipped")
    #expect(sink.positions == [SourcePosition(path: directory.path + "/a.csv", line: 2, offset: 61)])
    #expect(report.orders.created == 1)
    #expect(report.lines == 2)
    #expect(report.files[0].tally.created == 2)
  }

  @Test func `a status word without an instant is told as time missing, with side and reason`() throws {
    _ = try run(
      "1,2025-03-02,,,,S,1,1,,shipped,\n2,2025-03-02,,,,S,1,1,,off,\n3,2025-03-02,,,,S,1,1,,off,broken\n4,2025-03-02,,,,S,1,1,,open,\n"
    )
    #expect(
      sink.orders.map(\.events) == [
        [ObservedEvent(node: .shipped, occurredAt: nil)],
        [ObservedEvent(node: .cancelled, occurredAt: nil, side: .seller, reason: "no stock")],
        [ObservedEvent(node: .cancelled, occurredAt: nil, side: .seller, reason: "broken")], [],
      ])
  }

  @Test func `credit notes, movements and skipped rows are told apart`() throws {
    let report = try run(
      """
      1,2025-03-02,,,,S1,2,9.90,,,
      1,2025-03-02,,,,S2,-3,0,,,
      1,2025-03-02,,,,POSTAGE,1,4.50,,,
      C2,2025-03-05,,k,,S1,-2,9.90,,,
      A3,2025-03-05,,,,B,1,100,,,
      4,2025-03-06,,,,S2,5,0,,,

      """)
    #expect(sink.orders.map(\.order.lines.count) == [1])
    let note = try #require(sink.credits.first)
    #expect(note.number == "C2")
    #expect(note.lines == [CreditLine(sku: "S1", quantity: 2, unitPriceMinorUnits: 990)])
    #expect(note.customer?.key == "k")
    #expect(sink.adjustments.map(\.quantity) == [-3, 5])
    #expect(sink.adjustments.map(\.reason) == ["lost", nil])
    #expect(sink.adjustments.map(\.observed) == [true, true])
    let keys = sink.submissions.compactMap(\.idempotencyKey)
    #expect(keys == ["movement\u{1F}shop\u{1F}1\u{1F}1", "movement\u{1F}shop\u{1F}4\u{1F}1"])
    #expect(report.files[0].rows == 6)
    #expect(report.files[0].tally.created == 4)
    #expect(report.files[0].tally.skipped == 2)
    #expect(report.orders.created == 1)
    #expect(report.credits.created == 1)
    #expect(report.movements.created == 2)
  }

  @Test(arguments: [
    ("1,2025-03-02,,,,S,x,1,,,", "OB2102", "qty", "x"), ("1,2025-03-02,,,,S,0,1,,,", "OB2102", "qty", "0"),
    ("1,2025-03-02,,,,S,-1,1,,,", "OB2102", "qty", "-1"),
    ("1,2025-03-02,,,,S,1,1.999,,,", "OB2103", "price", "1.999"),
    ("1,2025-03-02,,,,S,1,-1,,,", "OB2103", "price", "-1"),
    ("1,2025-02-30,,,,S,1,1,,,", "OB2104", "at", "2025-02-30"), ("1,,,,,S,1,1,,,", "OB2105", "at", ""),
    (",2025-03-02,,,,S,1,1,,,", "OB2105", "no", ""),
    ("1,2025-03-02,,,,,1,1,,,", "OB2105", "sku", ""), ("1,2025-03-02,,,,S,1,1,,lost,", "OB2110", "status", "lost"),
    ("1,2025-03-02,,,,S,1,1,,", "OB2101", "", ""),
    ("1,2025-03-02,,,,S,1,1,,,\"", "OB2106", "", ""), ("C1,2025-03-02,,,,S,1,1,,,", "OB2102", "qty", "1"),
    ("1,2025-03-02,,,,S,0,0,,,", "OB2102", "qty", "0"),
    ("1,2025-03-02,,,,S,1,,,,", "OB2105", "price", ""), ("1,2025-03-02,,,,S,,1,,,", "OB2105", "qty", ""),
  ])
  func `a bad row is rejected with code, column and value, and the others go in`(
    row: String, code: String, column: String, value: String
  ) throws {
    let report = try run("9,2025-03-02,,,,S,1,1,,,\n\(row)\n")
    #expect(sink.orders.map(\.order.number) == ["9"])
    #expect(report.problems == [code: 1])
    #expect(report.files[0].tally.rejected == 1)
    #expect(report.files[0].tally.created == 1)
    let rejects = try CSVReader(BytePieces(directory.text("a.rejects.csv")))
    var batch = RowBatch()
    #expect(try rejects.next(&batch))
    #expect(batch.count == 1)
    #expect(batch.text(0, 11) == "3")
    #expect(batch.text(0, 12) == code)
    #expect(batch.text(0, 13) == column)
    #expect(batch.text(0, 14) == value)
  }

  @Test func `a document goes in whole or not at all, and each bad row tells its own fault`() throws {
    let report = try run(
      "1,2025-03-02,,,,S,1,1,,,\n1,2025-03-02,,,,S,x,1,,,\n1,2025-03-02,,,,S,1,y,,,\n2,2025-03-02,,,,S,1,1,,,\n")
    #expect(sink.orders.map(\.order.number) == ["2"])
    #expect(report.problems == ["OB2112": 1, "OB2102": 1, "OB2103": 1])
    #expect(report.files[0].rows == 4)
    #expect(report.files[0].tally.total == 4)
  }

  @Test func `rows of a document that disagree on what it has once are rejected`() throws {
    let report = try run(
      "1,2025-03-02,NW,,,S,1,1,,,\n1,2025-03-02,\"NW\",,,S,1,1,,,\n2,2025-03-02,NW,,,S,1,1,,,\n2,2025-03-02,BY,,,S,1,1,,,\n"
    )
    #expect(sink.orders.map(\.order.number) == ["1"])
    #expect(report.problems == ["OB2109": 1, "OB2112": 1])
  }

  @Test func `fixed rejects go straight back in`() throws {
    _ = try run("1,2025-03-02,,,,S,1,x,,,\n2,2025-03-02,,,,S,1,1,,,\n")
    let fixed = try directory.text("a.rejects.csv").replacing("S,1,x,", with: "S,1,2.50,")
    let path = try directory.file("a.rejects.csv", fixed)
    let report = try Importer(Mapping(Self.mapping, path: "m.toml"), options: options()).run([path], into: sink.apply)
    #expect(report.orders.created == 1)
    #expect(report.rejectedRows == 0)
    #expect(sink.orders.map(\.order.number) == ["2", "1"])
  }

  @Test func `a second import finds all unchanged, and what is new in it updated`() throws {
    let rows = "1,2025-03-02,,,,S,1,1,,,\n2,2025-03-02,,,,S,-1,0,,,\nC3,2025-03-02,,,,S,-1,1,,,\n"
    _ = try run(rows)
    let first = sink.submissions
    let again = try run(rows)
    #expect(sink.submissions == first + first)
    #expect(again.files[0].tally.unchanged == 3)
    #expect(again.files[0].tally.total == 3)
    let later = try run("1,2025-03-02,,,,S,1,1,2025-03-04,,\n")
    #expect(later.orders.updated == 1)
    #expect(later.files[0].tally.updated == 1)
  }

  @Test func `a document the store refuses is rejected with the store's words`() throws {
    sink.refusedNumbers = ["2"]
    let report = try run("1,2025-03-02,,,,S,1,1,,,\n2,2025-03-02,,,,S,1,1,,,\n2,2025-03-02,,,,T,1,1,,,\n")
    #expect(report.orders.created == 1)
    #expect(report.orders.rejected == 1)
    #expect(report.problems == ["OB2113": 2])
    #expect(try directory.text("a.rejects.csv").contains("no order '2' in the store"))
  }

  @Test func `an observed order may have no lines`() throws {
    _ = try run("1,2025-03-02,,,,,,,,open,\n")
    #expect(sink.orders.map(\.order.lines) == [[]])
  }

  @Test func `new orders become place, pay, record and cancel`() throws {
    let mapping =
      "mode = \"place\"\n" + Self.header + """
        [order]
        number = "no"
        placed_at = "at"
        [lines]
        sku = "sku"
        qty = "qty"
        price = "price"
        [events]
        shipped = "shipped"
        [status]
        from = "status"
        [status.map]
        off = "cancelled"
        open = ""
        [payments]
        method = { constant = "card" }
        amount = "why"
        """
    let report = try run(
      "1,2025-03-02,,,,S,1,1,2025-03-03,open,5.00\n1,2025-03-02,,,,T,1,1,2025-03-03,open,5.00\n2,2025-03-02,,,,S,1,1,,off,\n",
      mapping: mapping)
    let reference = OrderReference.number("1", channel: "shop")
    let day = Instant(milliseconds: 1_740_870_000_000)
    let shipped = Instant(milliseconds: 1_740_956_400_000)
    #expect(
      sink.submissions.dropFirst().map(\.command) == [
        .pay(Payment(order: reference, method: "card", amountMinorUnits: 500, occurredAt: day)),
        .record(StatusEvent(order: reference, node: .shipped, occurredAt: shipped)),
      ])
    guard case .place(let order)? = sink.submissions.first?.command else {
      Issue.record("no order placed")
      return
    }
    #expect(order.lines.count == 2)
    // What is placed here needs its instants.
    #expect(report.problems == ["OB2105": 1])
    #expect(report.orders.created == 1)
    #expect(report.files[0].tally.created == 2)
  }

  @Test func `more rejects than allowed stop the import`() throws {
    let rows = (0..<3000).map { "\($0),2025-03-02,,,,S,\($0 % 10 == 0 ? "x" : "1"),1,,,\n" }.joined()
    var limited = options()
    limited.documentsPerBatch = 100
    limited.errorLimit = .percent(9)
    var report = try run(rows, options: limited)
    #expect(report.ending == .tooManyRejects)
    #expect(report.files[0].rows == 1000)
    #expect(report.files[0].tally.created == 900)
    limited.errorLimit = .percent(10)
    #expect(try run(rows, options: limited).ending == .completed)
    limited.errorLimit = .count(0)
    report = try run(rows, options: limited)
    #expect(report.ending == .tooManyRejects)
    #expect(report.files[0].rows == 100)
    #expect(report.files[0].rejectsPath == directory.path + "/a.rejects.csv")
  }

  @Test(arguments: [true, false])
  func `an import can be stopped between batches`(readsAhead: Bool) throws {
    let rows = (0..<1000).map { "\($0),2025-03-02,,,,S,1,1,,,\n" }.joined()
    let path = try directory.file("a.csv", Self.columns + rows)
    var options = options()
    options.documentsPerBatch = 10
    options.readsAhead = readsAhead
    let sink = sink
    let stop = StopFlag()
    let report = try Importer(Mapping(Self.mapping, path: "m.toml"), options: options).run(
      [path], shouldStop: { stop.isSet }
    ) { (submissions, positions) throws(IntakeError) in
      if sink.batchCount == 4 { stop.set() }
      return try sink.apply(submissions, positions)
    }
    #expect(report.ending == .cancelled)
    #expect(report.orders.created == 50)
  }

  @Test(arguments: [true, false])
  func `a cut file ends the import with its position, after what was read`(readsAhead: Bool) throws {
    let path = try directory.file("a.csv.gz", Array(PackedText.gzip.dropLast(5)))
    let mapping = Self.header + "[order]\nnumber = \"id\"\nplaced_at = { from = \"qty\", format = \"epoch-s\" }\n"
    var options = options()
    options.readsAhead = readsAhead
    #expect(throws: IntakeError.endsEarly(path: path, format: .gzip, byte: PackedText.gzip.count - 5)) {
      try Importer(Mapping(mapping, path: "m.toml"), options: options).run([path], into: sink.apply)
    }
  }

  @Test func `an error of the sink ends the import`() throws {
    let path = try directory.file("a.csv", Self.columns + "1,2025-03-02,,,,S,1,1,,,\n")
    let full = IntakeError.unwritable(path: "x.orders", reason: "full")
    #expect(throws: full) {
      try Importer(Mapping(Self.mapping, path: "m.toml"), options: options()).run([path]) {
        (_, _) throws(IntakeError) in throw full
      }
    }
  }

  @Test func `progress tells rows and bytes`() throws {
    let path = try directory.file("a.csv", Self.columns + "1,2025-03-02,,,,S,1,1,,,\n2,2025-03-02,,,,S,x,1,,,\n")
    var seen: [ImportProgress] = []
    _ = try Importer(Mapping(Self.mapping, path: "m.toml"), options: options()).run(
      [path], onProgress: { seen.append($0) }, into: sink.apply)
    let size = Self.columns.utf8.count + 50
    #expect(seen == [ImportProgress(rows: 2, bytesRead: size, bytesTotal: size, rejectedRows: 1)])
  }

  @Test func `a column that the file does not have is told with the place in the mapping`() throws {
    let mapping = Self.header + "[order]\nnumber = \"nr\"\nplaced_at = \"at\"\n"
    let expected = MappingProblem(
      path: "m.toml", line: 5, table: "order", key: "number",
      reason: "no column 'nr' in main; it has no, at, region, customer, email, sku, qty, price, shipped, status, why")
    #expect(throws: IntakeError.mapping(expected)) { try run("", mapping: mapping) }
  }

  @Test func `an unknown zone is a fault of the mapping`() throws {
    let mapping =
      "tz = \"Asia/Atlantis\"\nchannel = \"c\"\ncurrency = \"EUR\"\n[order]\nnumber = \"no\"\nplaced_at = \"at\"\n"
    #expect { try run("", mapping: mapping) } throws: { error in
      guard case IntakeError.mapping(let problem) = error else { return false }
      return problem.key == "tz"
    }
  }

  @Test(
    arguments: [
      ("0", .count(0)), ("12", .count(12)), ("5%", .percent(5)), ("x", nil), ("-1", nil), ("101%", nil), ("%", nil),
    ] as [(String, ImportOptions.ErrorLimit?)])
  func `limits of rejects are a number or percent`(text: String, limit: ImportOptions.ErrorLimit?) {
    #expect(ImportOptions.ErrorLimit(text) == limit)
  }
}

/// A flag that any thread may set.
final class StopFlag: @unchecked Sendable {
  private let lock = NSLock()
  private var value = false

  var isSet: Bool { lock.withLock { value } }
  func set() { lock.withLock { value = true } }
}
