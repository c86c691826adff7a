import QueryLanguage
import Testing

struct TypeCheckerTests {
  static let catalogue = FieldCatalogue(
    source: "orders",
    fields: [
      "channel": .text, "location": .text, "region": .text, "customer.grade": .text, "qty": .integer, "total": .money,
      "placed_at": .instant, "age": .duration, "node": .node, "gift": .truth,
    ],
    statuses: ["placed", "shipped", "picking", "in_transit"])

  @Test(arguments: [
    ("channel = 'pos' and qty > 3", "channel = 'pos' and qty > 3"),
    ("total > 5000 or total between 1 CNY and 2.50 CNY", "total > 5000 or total between 1 CNY and 2.50 CNY"),
    ("node = shipped", "node = shipped"), ("node in ('Shipped', in_transit)", "node in (shipped, in_transit)"),
    ("placed_at >= 2025", "placed_at >= 2025"), ("placed_at + 2d < 2025-03-01", "placed_at + 2d < 2025-03-01"),
    ("2025-03-01 - placed_at > age * 2", "2025-03-01 - placed_at > age * 2"),
    ("time(placed -> shipped) / age > 2", "time(placed -> shipped) / age > 2"),
    ("gift = true and customer.grade contains 'A'", "gift = true and customer.grade contains 'A'"),
    ("reached shipped within 24h of placed", "reached shipped within 1d of placed"),
    ("-total < 5 and node is missing", "-total < 5 and node is missing"),
  ]) func `what goes together passes, nodes and years found out`(text: String, printed: String) throws {
    let checked = try Condition(text).checked(against: Self.catalogue)
    #expect(checked.description == printed)
    if text.contains("node =") || text.contains("node in") {
      #expect(checked.withoutPositions != (try Condition(printed).withoutPositions), "names became nodes")
    }
  }

  @Test(arguments: [
    ("channel = 5", 10, QueryError.Code.wrongType), ("qty = 'x'", 6, .wrongType), ("channel < 'x'", 0, .wrongType),
    ("placed_at > '2025-03-15'", 12, .wrongType), ("total contains 'x'", 0, .wrongType), ("age > 5", 6, .wrongType),
    ("total + age = 1", 0, .wrongType), ("-channel = 'x'", 0, .wrongType), ("placed_at * 2 > 1", 0, .wrongType),
    ("gift = 1", 7, .wrongType), ("node < shipped", 0, .wrongType), ("qty between 1 and 'x'", 18, .wrongType),
    ("channel in ('a', 5)", 17, .wrongType), ("node = shiped", 7, .unknownStatus), ("node = 'x'", 7, .unknownStatus),
    ("reached delivered", 8, .unknownStatus), ("reached shipped within 1h of x", 29, .unknownStatus),
    ("stuck in pickin for 1h", 9, .unknownStatus), ("time(placed -> x) > 1h", 15, .unknownStatus),
    ("locaton = 'x'", 0, .unknownField), ("not (qty = 1 or foo is present)", 16, .unknownField),
    ("qty = amount", 6, .unknownField),
  ]) func `what does not go together is refused at its place`(text: String, position: Int, code: QueryError.Code) throws
  {
    let condition = try Condition(text)
    do throws(QueryError) {
      _ = try condition.checked(against: Self.catalogue)
      Issue.record("passed \(text)")
    } catch {
      #expect(error.code == code)
      #expect(error.range.start == position)
    }
  }

  @Test func `near names are suggested, far ones not`() throws {
    func suggestion(_ text: String) throws -> String? {
      let condition = try Condition(text)
      do throws(QueryError) {
        _ = try condition.checked(against: Self.catalogue)
        return "nothing wrong"
      } catch {
        return error.suggestion
      }
    }
    #expect(try suggestion("locaton = 'x'") == "location")
    #expect(try suggestion("cust = 'x'") == "customer.grade")
    #expect(try suggestion("reached shiped") == "shipped")
    #expect(try suggestion("price = 5") == nil)
  }
}
