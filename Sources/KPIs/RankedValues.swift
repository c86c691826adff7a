/// Values waiting to be ranked, each with its cell.
struct RankedValues: Sendable {
  private var values: [Int64] = []
  private var cells: [Int32] = []

  /// The values of all cells, one cell after another.
  struct Grouped {
    var values: [Int64]
    /// Where each cell's values start, and one entry more.
    var starts: [Int]

    func range(of cell: Int) -> Range<Int> { starts[cell]..<starts[cell + 1] }
  }

  mutating func append(_ value: Int64, cell: Int) {
    values.append(value)
    cells.append(Int32(truncatingIfNeeded: cell))
  }

  mutating func append(_ other: RankedValues) {
    values.append(contentsOf: other.values)
    cells.append(contentsOf: other.cells)
  }

  /// Takes the values of `other`, whose cell `c` is `renumbered[c]` here.
  mutating func append(_ other: RankedValues, cells renumbered: [Int32]) {
    values.append(contentsOf: other.values)
    cells.reserveCapacity(values.count)
    for cell in other.cells { cells.append(renumbered[Int(cell)]) }
  }

  /// Sorts by cell, counting; costs two passes, none when there is one cell.
  func grouped(cellCount: Int) -> Grouped {
    if cellCount == 1 { return Grouped(values: values, starts: [0, values.count]) }
    var starts = [Int](repeating: 0, count: cellCount + 1)
    for cell in cells { starts[Int(cell) + 1] += 1 }
    for cell in 0..<cellCount { starts[cell + 1] += starts[cell] }
    var next = starts
    var sorted = [Int64](repeating: 0, count: values.count)
    for index in values.indices {
      let cell = Int(cells[index])
      sorted[next[cell]] = values[index]
      next[cell] += 1
    }
    return Grouped(values: sorted, starts: starts)
  }
}
