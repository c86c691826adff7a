import QueryLanguage
import Testing

struct ConditionTests {
  /// Each condition, and how it is printed: the structure shows in the parentheses.
  @Test(arguments: [
    ("channel = 'pos' and total > 5000", "channel = 'pos' and total > 5000"),
    ("a=1 or b=2 and c=3", "a = 1 or b = 2 and c = 3"),
    ("(a = 1 OR b = 2) And c = 3", "(a = 1 or b = 2) and c = 3"),
    ("not reached shipped within 24h of placed", "not reached shipped within 1d of placed"),
    ("REACHED Shipped", "reached shipped"), ("stuck in picking for 4h", "stuck in picking for 4h"),
    (
      "total between 5000 CNY and 20000 CNY and customer.grade in ('A','B')",
      "total between 5000 CNY and 20000 CNY and customer.grade in ('A', 'B')"
    ),
    ("channel not in (\"天猫\", 'jd')", "channel not in ('天猫', 'jd')"),
    ("phone ends with '1234' or note contains \"it's\"", "phone ends with '1234' or note contains 'it''s'"),
    ("渠道 starts with 'a' -- remark\n and x is missing", "渠道 starts with 'a' and x is missing"),
    ("not (a is present or not not b is missing)", "not (a is present or not not b is missing)"),
    ("first_order_at >= 2024-01-01", "first_order_at >= 2024-01-01"),
    ("placed_at < 2024-01-01T10:00:00+08:00", "placed_at < 2024-01-01T02:00:00Z"),
    ("available < reorder_point", "available < reorder_point"),
    ("time(placed -> shipped) > 2d4h", "time(placed -> shipped) > 2d4h"),
    ("(a + b) * 2 >= -c - (d - 1.50)", "(a + b) * 2 >= -c - (d - 1.50)"),
    ("((a)) = ((1))", "a = 1"), ("gift = true", "gift = true"), ("a = 5000CNY", "a = 5000 CNY"),
    ("time = 1.5h", "time = 1h30m"), ("a = 1w", "a = 7d"), ("a = -(-1)", "a = -(-1)"), ("a.in = 1", "a.in = 1"),
  ]) func `conditions are read`(text: String, printed: String) throws {
    #expect(try Condition(text).description == printed)
  }

  @Test func `positions point into the text`() throws {
    let condition = try Condition("渠道 = 'x' and  customer.grade in ('A')")
    guard case .all(let members) = condition, case .isIn(let value, let list, false) = members[1] else {
      Issue.record("\(condition)")
      return
    }
    #expect(value.range == SourceRange(start: 18, end: 32))
    #expect(list[0].range == SourceRange(start: 37, end: 40))
  }

  @Test(arguments: [
    ("", 0, "a field"), ("a", 1, "="), ("a =", 3, "a number"), ("a = 1 b", 6, "and"), ("a = 1 b", 6, "the end"),
    ("(a = 1", 6, ")"), ("a in 'x'", 5, "("), ("a in ('x' 'y')", 10, ","), ("a between 1 or 2", 12, "and"),
    ("a is 5", 5, "missing"), ("a starts 'x'", 9, "with"), ("a contains b", 11, "a string in quotes"),
    ("reached", 7, "a status such as shipped"),
    ("reached shipped within 24 of placed", 23, "a duration such as 24h or 2d4h (units ms, s, m, h, d, w)"),
    ("stuck picking", 6, "in"), ("a or b = 1", 2, "="), ("(a) or b = 1", 4, "="), ("a = 1 and", 9, "reached"),
    ("time(placed shipped) = 1h", 12, "->"), ("a. = 1", 3, "the rest of a field's name"), ("and = 1", 0, "a field"),
    ("a = 'x", 4, "'"), ("a = 5x", 4, "a duration such as 24h or 2d4h (units ms, s, m, h, d, w)"),
    ("a = 99999999999999999999", 4, "at most 18 digits"), ("a = 2018-02-30", 4, "a day 01…28 of that month"),
    ("a not b", 6, "in"),
  ]) func `what is wrong is refused with its place and what could stand there`(
    text: String, position: Int, expected: String
  ) {
    do throws(QueryError) {
      _ = try Condition(text)
      Issue.record("read \(text)")
    } catch {
      #expect(error.range.start == position, "\(error)")
      #expect(error.expected.contains { $0 == expected || $0 == "'\(expected)'" }, "\(error.expected)")
    }
  }

  @Test func `regular expressions are refused by name`() {
    #expect {
      try Condition("a ~ 'x.*'")
    } throws: {
      ($0 as? QueryError)?.code == .unsupported
    }
  }

  @Test(arguments: ["(", "not ", "-(", "a = (", "(a + "])
  func `deep nesting is refused before the stack ends`(opening: String) {
    #expect {
      try Condition(String(repeating: opening, count: 100_000))
    } throws: {
      ($0 as? QueryError)?.code == .tooDeep
    }
    let chain = String(repeating: "a = 1 and ", count: 5_000) + "a = 1"
    #expect(throws: Never.self) { try Condition(chain) }
  }

  @Test func `a condition where a value belongs is refused`() {
    #expect {
      try Condition("(a = 1) + 2 = 3")
    } throws: {
      ($0 as? QueryError)?.code == .wrongType && ($0 as? QueryError)?.range == SourceRange(start: 0, end: 9)
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `a printed condition reads back as itself`(seed: UInt64) throws {
    var maker = ConditionMaker(generator: SeededGenerator(state: seed))
    for _ in 0..<3_000 {
      let condition = maker.condition(depth: 4)
      let text = condition.description
      let again = try Condition(text)
      #expect(again.withoutPositions == condition, "\(text)")
      #expect(again.description == text)
    }
  }

  @Test func `random words and bytes are refused or read, never a crash`() {
    var generator = SeededGenerator(state: 77)
    let pieces = [
      "a", "渠道", "(", ")", " ", "and", "or", "not", "=", "<=", "~", "-", "--", "\n", "'", "\"", "5000", "CNY", "2d",
      "1.5h",
      "2025-03", "2025-W", ".", "..", "->", "reached", "within", "in", "between", "is", "missing", "time(", ",",
      "e\u{301}",
      "😀", "\0", "９", "_",
    ]
    for _ in 0..<10_000 {
      let words = (0..<generator.below(14)).map { _ in generator.pick(pieces) + (generator.below(2) == 0 ? " " : "") }
      let bytes = (0..<generator.below(20)).map { _ in UInt8(generator.below(256)) }
      for text in [words.joined(), String(decoding: bytes, as: UTF8.self)] {
        do throws(QueryError) {
          _ = try Condition(text)
        } catch {
          #expect(error.range.end <= text.utf8.count)
          #expect(!error.rendered(in: text).isEmpty)
        }
        _ = try? PeriodText(text)
        _ = try? InstantText(text)
      }
    }
  }
}
