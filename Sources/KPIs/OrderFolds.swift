/// Adds up the lines of one order in one cell, as long as the order's lines keep coming.
struct OrderFolds: Sendable {
  /// An order's part in a cell.
  struct Whole: Sendable {
    var order: Int64
    var kind: UInt8
    var value: Int64
  }

  /// The order each cell is at.
  private(set) var open: [Int: Whole] = [:]

  /// Adds a line; returns the cell's previous order when this line begins another one.
  ///
  /// One line in the figure puts its order into it; the values of lines that are not count nothing.
  mutating func add(_ kind: UInt8, _ value: Int64, order: Int64, cell: Int) -> Whole? {
    let added = kind == Verdicts.hit ? value : 0
    guard var whole = open[cell], whole.order == order else {
      return open.updateValue(Whole(order: order, kind: kind, value: added), forKey: cell)
    }
    if kind == Verdicts.hit { whole.kind = kind }
    whole.value += added
    open[cell] = whole
    return nil
  }
}
