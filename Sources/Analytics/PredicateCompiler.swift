internal import Calendars
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// Turns a checked condition into a predicate: words into codes, dates and amounts into ranges of numbers.
struct PredicateCompiler {
  let snapshot: OrderSnapshot
  let context: AnswerContext

  func predicate(_ condition: Condition) throws(CompileError) -> Predicate {
    switch condition {
    case .any(let members): return .any(try predicates(members))
    case .all(let members): return .all(try predicates(members))
    case .not(let inner): return .not(try predicate(inner))
    case .compare(let left, let comparison, let right): return try compare(left, comparison, right)
    case .isIn(let value, let list, let isNegated):
      var members: [Predicate] = []
      for member in list { members.append(try compare(value, .equal, member)) }
      return isNegated ? .not(.any(members)) : .any(members)
    case .between(let value, let lower, let upper):
      return .all([try compare(value, .greaterOrEqual, lower), try compare(value, .lessOrEqual, upper)])
    case .missing(let value): return .not(try present(value))
    case .present(let value): return try present(value)
    case .text(let value, let test, let wanted):
      return try text(value) { text in
        switch test {
        case .contains: wanted.isEmpty || text.contains(wanted)
        case .startsWith: text.hasPrefix(wanted)
        case .endsWith: text.hasSuffix(wanted)
        }
      }
    case .reached(let status, nil): return .reached(try node(status))
    case .reached(let status, let limit?):
      return .reachedWithin(
        try node(status), milliseconds: limit.milliseconds, of: try node(limit.start))
    case .stuck(let status, let milliseconds): return .stuck(try node(status), milliseconds: milliseconds)
    }
  }

  private func predicates(_ members: [Condition]) throws(CompileError) -> [Predicate] {
    var predicates: [Predicate] = []
    for member in members { predicates.append(try predicate(member)) }
    return predicates
  }

  // MARK: - Comparisons

  private func compare(
    _ left: Value, _ comparison: Condition.Comparison, _ right: Value
  ) throws(CompileError) -> Predicate {
    if comparison == .notEqual { return .not(try compare(left, .equal, right)) }
    switch (meaning(of: left), meaning(of: right)) {
    case (.some(let meaning), _) where meaning.isText: return try textComparison(meaning, left, right)
    case (_, .some(let meaning)) where meaning.isText: return try textComparison(meaning, right, left)
    case (.node, .node): return .constant(true)
    case (.node, _): return try nodeComparison(right)
    case (_, .node): return try nodeComparison(left)
    default: break
    }
    if case .literal(.text(let first), _) = left, case .literal(.text(let second), _) = right {
      return .constant(first == second)
    }
    if let range = try dateRange(right) { return try dateComparison(left, comparison, range) }
    if let range = try dateRange(left) { return try dateComparison(right, comparison.mirrored, range) }
    if case .source(let source) = meaning(of: left), let ranges = try ranges(comparison, right, of: source) {
      return ranges
    }
    if case .source(let source) = meaning(of: right), let ranges = try ranges(comparison.mirrored, left, of: source) {
      return ranges
    }
    return .compare(try expression(left), comparison, try expression(right))
  }

  /// A comparison with one plain number or duration as a range; nil when it is not one.
  private func ranges(
    _ comparison: Condition.Comparison, _ value: Value, of source: NumberSource
  ) throws(CompileError) -> Predicate? {
    guard case .literal(let literal, _) = value else { return nil }
    switch literal {
    case .duration(let milliseconds): return .within(source, comparison.range(of: milliseconds, isExact: true))
    case .truth(let truth): return .within(source, comparison.range(of: truth ? 1 : 0, isExact: true))
    case .number(let number) where !source.isMoney:
      guard let (floor, isExact) = number.floored(places: 0) else { return nil }
      return comparison.range(of: floor, isExact: isExact, in: source)
    case .number(let number):
      return try amounts(comparison, number, of: source, currency: nil)
    case .money(let number, let currency):
      guard let code = try code(.currency, currency) else { return .constant(false) }
      return try amounts(comparison, number, of: source, currency: code)
    case .text, .date: return nil
    }
  }

  private func amounts(
    _ comparison: Condition.Comparison, _ number: DecimalNumber, of source: NumberSource, currency: Int64?
  ) throws(CompileError) -> Predicate? {
    var ranges: [ClosedRange<Int64>?] = [nil]
    for (place, scale) in try scales().byCode.enumerated().dropFirst() {
      guard currency == nil || currency == Int64(place) else {
        ranges.append(nil)
        continue
      }
      guard let (floor, isExact) = number.floored(places: scale) else { return nil }
      ranges.append(comparison == .equal && !isExact ? nil : comparison.range(of: floor, isExact: isExact))
    }
    return .amountWithin(source, ranges)
  }

  private func dateComparison(
    _ value: Value, _ comparison: Condition.Comparison, _ range: Range<Int64>
  ) throws(CompileError) -> Predicate {
    let (first, end) = (range.lowerBound, range.upperBound)
    if case .source(let source) = meaning(of: value) {
      let whole: ClosedRange<Int64> =
        switch comparison {
        case .equal, .notEqual: first...max(first, end - 1)
        case .less: Int64.min...first - 1
        case .lessOrEqual: Int64.min...end - 1
        case .greater: end...Int64.max
        case .greaterOrEqual: first...Int64.max
        }
      return .within(source, whole)
    }
    let expression = try expression(value)
    func stands(_ comparison: Condition.Comparison, _ instant: Int64) -> Predicate {
      .compare(expression, comparison, .constant(Quantity(Int128(instant))))
    }
    return switch comparison {
    case .equal, .notEqual: .all([stands(.greaterOrEqual, first), stands(.less, end)])
    case .less: stands(.less, first)
    case .lessOrEqual: stands(.less, end)
    case .greater: stands(.greaterOrEqual, end)
    case .greaterOrEqual: stands(.greaterOrEqual, first)
    }
  }

  private func dateRange(_ value: Value) throws(CompileError) -> Range<Int64>? {
    guard case .literal(.date(let date), _) = value else { return nil }
    return date.range(in: context.zone)
  }

  private func nodeComparison(_ value: Value) throws(CompileError) -> Predicate {
    guard case .status(let status) = value else { throw .query(unsupported(value)) }
    let node = try node(status)
    let size = Dimension.node.codeCount(in: snapshot)
    return .codes(.node, (0..<size).map { $0 == Int(node.rawValue) })
  }

  private func node(_ status: Status) throws(CompileError) -> Node {
    guard let node = Node(name: status.name) else {
      throw .query(QueryError(.unknownStatus, "no status '\(status.name)'", at: status.range))
    }
    return node
  }

  // MARK: - Text

  private func textComparison(
    _ meaning: OrderCatalogue.Meaning, _ value: Value, _ other: Value
  ) throws(CompileError) -> Predicate {
    if case .literal(.text(let wanted), _) = other {
      switch meaning {
      case .customer: return .rows(try rows { (snapshot) throws(StoreError) in try snapshot.orders(customer: wanted) })
      case .number: return .rows(try rows { (snapshot) throws(StoreError) in try snapshot.orders(number: wanted) })
      default: return try text(value) { $0 == wanted }
      }
    }
    guard case .word(let left) = meaning, case .word(let right) = self.meaning(of: other) else {
      throw .query(unsupported(other))
    }
    var translation: [Int64] = [0]
    for code in 0..<snapshot.wordCount(left.vocabulary) {
      translation.append(try self.code(right.vocabulary, try word(left.vocabulary, Int64(code + 1))) ?? -1)
    }
    return .sameWord(left, right, translation)
  }

  private func rows(
    _ find: (OrderSnapshot) throws(StoreError) -> [OrderID]
  ) throws(CompileError) -> Set<Int64> {
    do throws(StoreError) { return Set(try find(snapshot).map { Int64($0.rawValue) }) } catch { throw .store(error) }
  }

  /// A test of a text, made once for each word, customer or order number.
  private func text(_ value: Value, _ test: (String) -> Bool) throws(CompileError) -> Predicate {
    switch meaning(of: value) {
    case .word(let field):
      var truths = [test("")]
      for code in 0..<snapshot.wordCount(field.vocabulary) {
        truths.append(test(try word(field.vocabulary, Int64(code + 1))))
      }
      return .codes(.word(field), truths)
    case .side: return .codes(.side, [test("")] + Side.allCases.map { test($0.name) })
    case .customer:
      var truths = [test("")]
      for row in 0..<snapshot.customerCount {
        do throws(StoreError) { truths.append(test(try snapshot.key(customer: row))) } catch { throw .store(error) }
      }
      return .codes(.customer, truths)
    case .number:
      var found: Set<Int64> = []
      for row in 0..<snapshot.orderCount {
        do throws(StoreError) {
          if test(try snapshot.number(order: row)) { found.insert(Int64(row)) }
        } catch { throw .store(error) }
      }
      return .rows(found)
    case .node, .source, nil: throw .query(unsupported(value))
    }
  }

  private func present(_ value: Value) throws(CompileError) -> Predicate {
    switch meaning(of: value) {
    case .word, .side: return try text(value) { !$0.isEmpty }
    case .customer: return .within(.guest, 0...0)
    case .number: return .constant(true)
    case .node: return .codes(.node, (0..<Dimension.node.codeCount(in: snapshot)).map { $0 != 0 })
    case .source(let source): return .isPresent(source)
    case nil: break
    }
    switch value {
    case .literal(.text, _), .literal(.date, _), .status: return .constant(true)
    default: return .isKnown(try expression(value))
    }
  }

  // MARK: - Values

  private func meaning(of value: Value) -> OrderCatalogue.Meaning? {
    switch value {
    case .field(let field): return OrderCatalogue.meanings[field.name]
    case .time(let from, let to, _):
      guard let from = Node(name: from.name), let to = Node(name: to.name) else { return nil }
      return .source(.time(from: from, to: to))
    default: return nil
    }
  }

  private func expression(_ value: Value) throws(CompileError) -> Expression {
    if case .source(let source) = meaning(of: value) {
      return .source(source, amounts: source.isMoney ? try scales() : nil)
    }
    switch value {
    case .literal(let literal, _):
      switch literal {
      case .number(let number): return .constant(number.quantity)
      case .duration(let milliseconds): return .constant(Quantity(Int128(milliseconds)))
      case .truth(let truth): return .constant(Quantity(truth ? 1 : 0))
      case .date(let date): return .constant(Quantity(Int128(date.range(in: context.zone).lowerBound)))
      case .money(let number, let currency):
        return .amount(number.quantity, currency: try code(.currency, currency))
      case .text: throw .query(unsupported(value))
      }
    case .negative(let inner, _): return .negative(try expression(inner))
    case .arithmetic(let left, let sign, let right):
      return .arithmetic(try expression(left), sign, try expression(right))
    case .field, .status, .time: throw .query(unsupported(value))
    }
  }

  private func scales() throws(CompileError) -> Expression.MoneyScales {
    var scales = [snapshot.settings.scale(of: snapshot.settings.currency)]
    for code in 0..<snapshot.wordCount(.currency) {
      scales.append(snapshot.settings.scale(of: try word(.currency, Int64(code + 1))))
    }
    return Expression.MoneyScales(byCode: scales)
  }

  private func code(_ list: Vocabulary, _ text: String) throws(CompileError) -> Int64? {
    do throws(StoreError) { return try snapshot.code(list, text) } catch { throw .store(error) }
  }

  private func word(_ list: Vocabulary, _ code: Int64) throws(CompileError) -> String {
    do throws(StoreError) { return try snapshot.word(list, code) } catch { throw .store(error) }
  }

  private func unsupported(_ value: Value) -> QueryError {
    QueryError(.unsupported, "\(value) cannot stand in this comparison", at: value.range)
  }
}

/// Why a condition cannot be used.
enum CompileError: Error {
  case query(QueryError)
  case store(StoreError)
}

extension OrderCatalogue.Meaning {
  fileprivate var isText: Bool {
    switch self {
    case .word, .customer, .number, .side: true
    case .node, .source: false
    }
  }
}
