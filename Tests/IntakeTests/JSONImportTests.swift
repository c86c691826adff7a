import Intake
import OrderModel
import Testing

struct JSONImportTests {
  let directory: TemporaryDirectory
  let sink = MemorySink()

  init() throws { directory = try TemporaryDirectory() }

  private func run(_ text: String, name: String = "a.jsonl", mapping: Mapping? = nil) throws -> ImportReport {
    var options = ImportOptions()
    options.errorLimit = .none
    let mapping = try mapping ?? ReferenceData.mapping("generic-jsonl.toml")
    return try Importer(mapping, options: options).run([directory.file(name, text)], into: sink.apply)
  }

  private static let good = """
    {"order_no":"1001","customer":{"id":"C7","email":"A@b.example"},"placed_at":"2025-03-02T10:14:07Z","status":"shipped",\
    "ship_to":{"region":"NW","city":"Köln"},"lines":[{"sku":"A-1","qty":2,"price":9.90},{"sku":"B","qty":1,"price":0.5}],\
    "payments":[{"method":"card","amount":20.30,"at":"2025-03-02T10:15:00+01:00"}]}

    """

  @Test func `a document with its arrays becomes one order`() throws {
    let report = try run(Self.good)
    let order = try #require(sink.orders.first)
    #expect(order.order.number == "1001")
    #expect(order.order.channel == "shop")
    #expect(order.order.placedAt == Instant(milliseconds: 1_740_910_447_000))
    #expect(order.order.customer == CustomerIdentity(key: "C7", email: "a@b.example"))
    #expect(order.order.city == "Köln")
    #expect(
      order.order.lines == [
        NewLine(sku: "A-1", quantity: 2, unitPriceMinorUnits: 990),
        NewLine(sku: "B", quantity: 1, unitPriceMinorUnits: 50),
      ])
    #expect(
      order.payments == [
        ObservedPayment(method: "card", amountMinorUnits: 2030, occurredAt: Instant(milliseconds: 1_740_906_900_000))
      ])
    #expect(order.events == [ObservedEvent(node: .shipped, occurredAt: nil)])
    #expect(report.files.map(\.rows) == [1])
  }

  @Test func `bad lines are rejected with the line, and go back in once fixed`() throws {
    let bad = """
      {"order_no":"1","placed_at":"2025-03-02","lines":[{"sku":"A","qty":1,"price":1.005}]}
      {"order_no":"2","placed_at":
      {"order_no":"3","placed_at":"2025-03-02","lines":5}
      {"order_no":["4"],"placed_at":"2025-03-02"}
      [1]

      """
    let report = try run(bad + Self.good)
    #expect(sink.orders.map(\.order.number) == ["1001"])
    #expect(report.problems == ["OB2103": 1, "OB2107": 4])
    #expect(report.files[0].tally.rejected == 5)
    let rejects = try directory.text("a.rejects.jsonl")
    #expect(rejects.split(separator: "\n").count == 5)
    let first =
      #"{"line":1,"offset":0,"code":"OB2103","column":"lines.price","value":"1.005","reason":"element 1: more"#
    #expect(rejects.hasPrefix(first))
    #expect(rejects.contains(#""line":2,"offset":86,"code":"OB2107""#))
    let fixed = try run(rejects.replacing("1.005", with: "1.05"), name: "a.rejects.jsonl")
    #expect(fixed.orders.created == 1)
    #expect(fixed.rejectedRows == 4)
    #expect(sink.orders.last?.order.lines == [NewLine(sku: "A", quantity: 1, unitPriceMinorUnits: 105)])
  }

  @Test func `flat lines of one order that follow one another are joined`() throws {
    let text = """
      format = "jsonl"
      tz = "UTC"
      channel = "m"
      currency = "EUR"
      [order]
      number = "no"
      placed_at = "at"
      [lines]
      sku = "sku"
      qty = "qty"
      price = "price"
      """
    _ = try run(
      """
      {"no":1,"at":"2025-03-02","sku":"A","qty":1,"price":1}
      {"no":1,"at":"2025-03-02","sku":"B","qty":1,"price":1}
      {"no":2,"at":"2025-03-02","sku":"A","qty":1,"price":1}
      """, mapping: Mapping(text, path: "m.toml"))
    #expect(sink.orders.map(\.order.lines.count) == [2, 1])
  }
}
