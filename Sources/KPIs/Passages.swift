package import Columns
package import OrderModel

/// When orders passed a node, as it stood at as-of.
package enum Passages {
  /// The columns that tell it: the node's own and those of the nodes that lie behind it, since who reached a later node
  /// has passed this one.
  package static func fields(of node: Node, first: Bool = false) -> [OrderField] {
    ([node] + laterNodes(than: node)).map { first ? .firstReached($0) : .reached($0) }
  }

  /// The key nodes behind `node`, and completed.
  static func laterNodes(than node: Node) -> [Node] { Node.allCases.filter { $0 > node && $0 <= .completed } }

  /// One value a row: an instant before as-of, `InstantColumn.unknown` (reached, or passed on the way to a node that was
  /// reached, without an instant), or `InstantColumn.none`.
  package static func column(
    of node: Node, in batch: Batch<OrderField>, context: JudgingContext, first: Bool = false
  ) -> [Int64] {
    let fields = fields(of: node, first: first)
    return column(of: fields.map { batch[$0] }, count: batch.count, asOf: context.asOf)
  }

  /// The same from the columns of ``fields(of:first:)``.
  static func column(of columns: [[Int64]], count: Int, asOf: Int64) -> [Int64] {
    var passages = columns[0]
    var span = passages.mutableSpan
    var missing = false
    for row in 0..<count {
      let value = span[row]
      let isPassed = value < asOf && value != InstantColumn.none
      span[row] = isPassed ? value : InstantColumn.none
      missing = missing || !isPassed
    }
    guard missing else { return passages }
    for later in columns.dropFirst() {
      let values = later.span
      for row in 0..<count {
        let isImplied = span[row] == InstantColumn.none && values[row] != InstantColumn.none && values[row] < asOf
        span[row] = isImplied ? InstantColumn.unknown : span[row]
      }
    }
    return passages
  }
}
