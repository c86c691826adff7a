import Intake
import OrderModel
import Testing

/// Imports of several files that hang together.
struct JoinedFilesTests {
  let directory: TemporaryDirectory
  let sink = MemorySink()

  init() throws {
    directory = try TemporaryDirectory()
    _ = try directory.file(
      "orders.csv", "id,cust,at,state\nO1,K1,2025-03-01,open\nO2,K2,2025-03-02,open\nO3,K1,2025-03-03,skip\n")
    _ = try directory.file("customers.csv", "cid,person\nK1,P1\nK2,P2\nK9,P9\n")
    _ = try directory.file(
      "items.csv",
      "order,sku,price,seller,due\nO2,A,2.00,X,2025-03-09\nO1,B,1.50,X,2025-03-05\nO1,B,1.50,X,2025-03-07\nO1,B,1.50,Y,2025-03-06\nO3,A,1,X,\n"
    )
    _ = try directory.file("products.csv", "sku,cat\nA,toys\nC,none\n")
    _ = try directory.file("payments.csv", "order,how,amount\nO1,card,3.00\nO1,voucher,1.50\n")
  }

  private static let mapping = """
    tz = "UTC"
    channel = "m"
    currency = "EUR"
    [files.orders]
    name = "orders.csv"
    [files.customers]
    name = "customers.csv"
    key = "cid"
    of = "orders.cust"
    required = true
    [files.items]
    name = "items.csv"
    key = "order"
    of = "orders.id"
    many = true
    [files.products]
    name = "products.csv"
    key = "sku"
    of = "items.sku"
    [files.payments]
    name = "payments.csv"
    key = "order"
    of = "orders.id"
    many = true
    [order]
    number = "id"
    placed_at = "at"
    ship_by = { from = "items.due", take = "latest" }
    shipping = { sum = "items.price" }
    [customer]
    key = "customers.person"
    [lines]
    from = "items"
    rows = "unit"
    sku = "items.sku"
    price = "items.price"
    location = "items.seller"
    category = { column = "products.cat", default = "unknown" }
    [payments]
    from = "payments"
    method = "payments.how"
    amount = "payments.amount"
    [[skip]]
    column = "state"
    equals = "skip"
    """

  private func run(_ paths: [String]? = nil, mapping: String = mapping) throws -> ImportReport {
    var options = ImportOptions()
    options.temporaryDirectory = directory.path
    options.errorLimit = .none
    return try Importer(Mapping(mapping, path: "m.toml"), options: options)
      .run(paths ?? [directory.path], into: sink.apply)
  }

  @Test func `orders, customers, items, products and payments become one command an order`() throws {
    let report = try run()
    #expect(sink.orders.map(\.order.number) == ["O1", "O2"])
    let order = try #require(sink.orders.first)
    #expect(order.order.customer == CustomerIdentity(key: "P1"))
    #expect(
      order.order.lines == [
        NewLine(sku: "B", quantity: 2, unitPriceMinorUnits: 150, location: "X"),
        NewLine(sku: "B", quantity: 1, unitPriceMinorUnits: 150, location: "Y"),
      ])
    #expect(order.order.shippingMinorUnits == 450)
    #expect(order.order.shipBy == Instant(milliseconds: 1_741_305_600_000))
    #expect(
      order.payments == [
        ObservedPayment(method: "card", amountMinorUnits: 300),
        ObservedPayment(method: "voucher", amountMinorUnits: 150),
      ])
    let articles = sink.submissions.compactMap { if case .registerSKU(let sku) = $0.command { sku } else { nil } }
    #expect(
      articles == [
        NewSKU(sku: "B", category: "unknown", tracked: false), NewSKU(sku: "A", category: "toys", tracked: false),
      ])
    // Files after the main one in the order of their names in the mapping.
    #expect(report.files.map(\.rows) == [3, 3, 5, 2, 2])
    #expect(report.files.map(\.tally.created) == [2, 0, 4, 2, 0])
    #expect(report.files.map(\.tally.skipped) == [1, 0, 1, 0, 0])
    #expect(report.files.map(\.unused) == [0, 1, 0, 0, 1])
  }

  @Test func `a side row that is wrong rejects its document in all its files`() throws {
    _ = try directory.file("items.csv", "order,sku,price,seller,due\nO2,A,2.00,X,\nO1,B,x,X,\nO1,B,1.50,X,\n")
    let report = try run()
    #expect(sink.orders.map(\.order.number) == ["O2"])
    #expect(report.problems == ["OB2103": 1, "OB2112": 4])
    #expect(try directory.text("orders.rejects.csv").contains("O1,K1,2025-03-01,open,2,OB2112,,,"))
    #expect(try directory.text("items.rejects.csv").contains("O1,B,x,X,,3,OB2103,price,x,not a number"))
    #expect(report.files.map { $0.tally.total } == [3, 0, 3, 2, 0])
    // Fixed, the rejects go in beside the files they hang on.
    _ = try directory.file("items.csv", "order,sku,price,seller,due\nO1,B,1.50,X,\n")
    let again = try run([directory.path + "/orders.rejects.csv", directory.path])
    #expect(again.orders.created == 1)
    #expect(again.files[0].rows == 1)
  }

  @Test func `rows of no order are rejected as orphans`() throws {
    _ = try directory.file("payments.csv", "order,how,amount\nO9,card,3.00\nO1,card,1\nO8,card,2\n")
    let report = try run()
    #expect(report.problems == ["OB2111": 2])
    #expect(report.files[3].tally.total == 3)
    #expect(try directory.text("payments.rejects.csv").split(separator: "\n").count == 3)
  }

  @Test func `a required row that is missing, or there twice, rejects the order`() throws {
    _ = try directory.file("customers.csv", "cid,person\nK1,P1\nK1,P3\n")
    let report = try run()
    #expect(sink.orders.isEmpty)
    #expect(report.problems["OB2109"] == 1)
    #expect(report.problems["OB2108"] == 1)
    let rejects = try directory.text("orders.rejects.csv")
    #expect(rejects.contains("O1,K1,2025-03-01,open,2,OB2109,cust,K1,2 rows of customers have this key"))
    #expect(rejects.contains("O2,K2,2025-03-02,open,3,OB2108,cust,K2,customers has no such row"))
  }

  @Test func `a file of the mapping that is not there is told by name`() throws {
    let mapping = Self.mapping.replacing("products.csv", with: "articles.csv")
    #expect(throws: IntakeError.missing(path: directory.path + "/articles.csv")) { try run(mapping: mapping) }
  }

  @Test func `files are found packed, too`() throws {
    let mapping = """
      tz = "UTC"
      channel = "m"
      currency = "EUR"
      [files.main]
      name = "list.csv"
      [order]
      number = "main.id"
      placed_at = { from = "qty", format = "epoch-s" }
      """
    _ = try directory.file("list.csv.zst", PackedText.zstd)
    #expect(try run(mapping: mapping).orders.created == 120)
  }
}
