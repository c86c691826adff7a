internal import Columns
internal import KPIs
internal import OrderModel
internal import QueryLanguage

/// A condition with its words looked up: what of an order's columns decides.
///
/// Nothing is known of a missing value: every comparison with it is false, but `!=`, which is the opposite of `=`.
indirect enum Predicate: Sendable {
  case constant(Bool)
  case any([Predicate])
  case all([Predicate])
  case not(Predicate)
  /// The truth for each code of a column.
  case codes(Dimension, [Bool])
  /// These orders, by row.
  case rows(Set<Int64>)
  /// The number lies in the range; of amounts, in the range of the order's currency code, where there is one.
  case within(NumberSource, ClosedRange<Int64>)
  case amountWithin(NumberSource, [ClosedRange<Int64>?])
  case isPresent(NumberSource)
  /// A comparison of anything else.
  case compare(Expression, Condition.Comparison, Expression)
  case isKnown(Expression)
  case sameWord(Dimension.WordField, Dimension.WordField, [Int64])
  case reached(Node)
  case reachedWithin(Node, milliseconds: Int64, of: Node)
  case stuck(Node, milliseconds: Int64)

  var fields: [OrderField] {
    switch self {
    case .constant, .rows: []
    case .any(let members), .all(let members): members.flatMap(\.fields)
    case .not(let inner): inner.fields
    case .codes(let dimension, _): dimension.fields
    case .within(let source, _), .isPresent(let source): source.fields
    case .amountWithin(let source, _): source.fields + [.currency]
    case .compare(let left, _, let right): left.fields + right.fields
    case .isKnown(let expression): expression.fields
    case .sameWord(let left, let right, _): [left.field, right.field]
    case .reached(let node): Passages.fields(of: node)
    case .reachedWithin(let node, _, let start): [.reached(node), .reached(start)]
    case .stuck(let node, _): NodeAtAsOf.fields + [.reached(node)]
    }
  }

  /// Whether it holds, row by row.
  ///
  /// - Parameter rows: The order row of each row of the batch; nil where they count up.
  func truths(_ batch: Batch<OrderField>, in context: JudgingContext, rows: [Int64]?) -> [Bool] {
    switch self {
    case .constant(let truth): return Array(repeating: truth, count: batch.count)
    case .any(let members): return Predicate.joined(members, batch, context, rows) { $0 || $1 }
    case .all(let members): return Predicate.joined(members, batch, context, rows) { $0 && $1 }
    case .not(let inner): return inner.truths(batch, in: context, rows: rows).map { !$0 }
    case .codes(let dimension, let truths):
      return (dimension.codes(of: batch, in: context) ?? []).map { truths[Int($0)] }
    case .rows(let wanted):
      return (0..<batch.count).map { wanted.contains(rows?[$0] ?? Int64(batch.firstRow + $0)) }
    case .within(let source, let range):
      let (low, high) = (range.lowerBound, range.upperBound)
      return source.values(of: batch, in: context).map { $0 >= low && $0 <= high && $0 != NumberSource.missing }
    case .amountWithin(let source, let ranges):
      let currencies = batch[.currency]
      let amounts = source.values(of: batch, in: context)
      return amounts.indices.map { row in ranges[Int(currencies[row])]?.contains(amounts[row]) ?? false }
    case .isPresent(let source):
      return source.values(of: batch, in: context).map { $0 != NumberSource.missing }
    case .compare(let left, let comparison, let right):
      let (lefts, rights) = (left.values(of: batch, in: context), right.values(of: batch, in: context))
      return lefts.indices.map { row in
        guard let left = lefts[row], let right = rights[row] else { return comparison == .notEqual }
        return left.stands(comparison, to: right)
      }
    case .isKnown(let expression): return expression.values(of: batch, in: context).map { $0 != nil }
    case .sameWord(let left, let right, let translation):
      let (lefts, rights) = (batch[left.field], batch[right.field])
      return lefts.indices.map { translation[Int(lefts[$0])] == rights[$0] }
    case .reached(let node):
      return Passages.column(of: node, in: batch, context: context).map { $0 != InstantColumn.none }
    case .reachedWithin(let node, let limit, let start):
      let times = NumberSource.time(from: start, to: node).values(of: batch, in: context)
      return times.map { $0 != NumberSource.missing && $0 <= limit }
    case .stuck(let node, let limit):
      let nodes = NodeAtAsOf.column(of: batch, in: context)
      let instants = batch[.reached(node)]
      return nodes.indices.map { row in
        nodes[row] == Int64(node.rawValue) && context.hasHappened(instants[row])
          && context.asOf - instants[row] >= limit
      }
    }
  }

  private static func joined(
    _ members: [Predicate], _ batch: Batch<OrderField>, _ context: JudgingContext, _ rows: [Int64]?,
    _ join: (Bool, Bool) -> Bool
  ) -> [Bool] {
    var truths = members[0].truths(batch, in: context, rows: rows)
    for member in members.dropFirst() {
      let more = member.truths(batch, in: context, rows: rows)
      for row in truths.indices { truths[row] = join(truths[row], more[row]) }
    }
    return truths
  }
}
