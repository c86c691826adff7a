public import Columns
public import OrderModel

/// Where orders stood at as-of: the dimension `node`, and the groups of the open backlog.
public enum NodeAtAsOf {
  /// The columns that tell it.
  public static let fields: [OrderField] =
    [.placedAt] + (way + [.cancelled, .expired]).map { OrderField.reached($0) }

  /// The nodes behind placed that all required quantity can have reached, in sequence.
  private static let way: [Node] = Node.allCases.filter { $0 > .placed && $0 <= .completed }

  /// For each row the raw ``Node`` it stood at: cancelled or expired if it was, else the furthest of the key nodes and
  /// completed that it had reached, with an instant or without. 0 for orders placed at or after as-of.
  ///
  /// What follows a sale (returns, refunds) does not move an order from where it was.
  public static func column(of batch: Batch<OrderField>, in context: JudgingContext) -> [Int64] {
    positions(of: batch, in: context).nodes
  }

  /// The nodes, and for each the instant at which it was reached, `InstantColumn.unknown` where none is known.
  static func positions(
    of batch: Batch<OrderField>, in context: JudgingContext
  ) -> (nodes: [Int64], instants: [Int64]) {
    let count = batch.count
    var instants = batch[.placedAt]
    var nodes = [Int64](repeating: 0, count: count)
    // Through spans and without branches: it was a third of the time of an open backlog.
    var nodeSpan = nodes.mutableSpan
    var instantSpan = instants.mutableSpan
    for row in 0..<count {
      nodeSpan[row] = context.hasHappened(instantSpan[row]) ? Int64(Node.placed.rawValue) : 0
    }
    for node in way + [.expired, .cancelled] {
      let values = batch[.reached(node)]
      let column = values.span
      let code = Int64(node.rawValue)
      for row in 0..<count {
        let value = column[row]
        let isPast = nodeSpan[row] != 0 && value > InstantColumn.none && value < context.asOf
        nodeSpan[row] = isPast ? code : nodeSpan[row]
        instantSpan[row] = isPast ? value : instantSpan[row]
      }
    }
    return (nodes, instants)
  }
}
