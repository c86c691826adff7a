internal import Calendars
internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

extension Dimension {
  /// How many codes there can be, code 0 for "not known" among them. Not for stretches of time.
  func codeCount(in snapshot: OrderSnapshot) -> Int {
    switch self {
    case .word(let field): snapshot.wordCount(field.vocabulary) + 1
    case .customer: snapshot.customerCount + 1
    // Side + 1 of cancelled orders.
    case .side: Side.allCases.count + 1
    case .node: Int(Node.allCases.map(\.rawValue).max() ?? 0) + 1
    case .sku: snapshot.wordCount(.sku) + 1
    case .category: snapshot.wordCount(.category) + 1
    case .bucket(let bucket): bucket == .weekday ? 8 : 24
    }
  }

  /// The code of each order of a batch, 0 where it is not known; nil for what is no column of an order.
  func codes(of batch: Batch<OrderField>, in context: JudgingContext) -> [Int64]? {
    switch self {
    case .word(let field): return batch[field.field]
    case .customer: return batch[.customer]
    case .side:
      var sides = batch[.cancelSide]
      let cancelled = batch[.reached(.cancelled)]
      for row in sides.indices { sides[row] = context.isReached(cancelled[row]) ? (sides[row] & 3) + 1 : 0 }
      return sides
    case .node: return NodeAtAsOf.column(of: batch, in: context)
    case .sku, .category, .bucket: return nil
    }
  }

  /// The text of a code; nil for what is not known.
  func text(of code: Int64, in snapshot: OrderSnapshot) throws(StoreError) -> String? {
    guard code != 0 else { return nil }
    switch self {
    case .word(let field): return Dimension.known(try snapshot.word(field.vocabulary, code))
    case .customer: return try snapshot.key(customer: Int(code) - 1)
    case .side: return Side(rawValue: UInt8(truncatingIfNeeded: code - 1))?.name
    case .node: return Node(rawValue: UInt8(truncatingIfNeeded: code))?.name
    case .sku: return Dimension.known(try snapshot.word(.sku, code))
    case .category: return Dimension.known(try snapshot.word(.category, code))
    case .bucket: return nil
    }
  }

  private static func known(_ word: String) -> String? { word.isEmpty ? nil : word }
}
