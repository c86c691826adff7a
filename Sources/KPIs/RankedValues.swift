/// Values waiting to be ranked, each with its cell.
///
/// While all are of cell 0 no cells are kept, which spares a third of the memory where nothing is grouped.
struct RankedValues: Sendable {
  /// Values of cell 0 as they came, before `values`; none once there are cells.
  private var runs: [[Int64]] = []
  private var values: [Int64] = []
  /// Of each of `values`; nil while all are of cell 0.
  private var cells: [Int32]?

  /// The values of all cells, one cell after another.
  struct Grouped {
    var values: [Int64]
    /// Where each cell's values start, and one entry more.
    var starts: [Int]

    func range(of cell: Int) -> Range<Int> { starts[cell]..<starts[cell + 1] }
  }

  mutating func append(_ value: Int64, cell: Int) {
    if cell != 0 { keepCells() }
    values.append(value)
    cells?.append(Int32(truncatingIfNeeded: cell))
  }

  /// Takes values of cell 0.
  mutating func append(_ run: [Int64]) {
    guard cells != nil else { return runs.append(run) }
    values += run
    cells?.append(contentsOf: repeatElement(0, count: run.count))
  }

  mutating func append(_ other: RankedValues) {
    if cells == nil, other.cells == nil {
      runs += other.runs
      values += other.values
    } else {
      var other = other
      other.keepCells()
      append(cellsOf: other)
    }
  }

  /// Takes the values of `other`, whose cell `c` is `renumbered[c]` here.
  mutating func append(_ other: RankedValues, cells renumbered: [Int32]) {
    var other = other
    other.keepCells()
    other.cells = other.cells?.map { renumbered[Int($0)] }
    append(cellsOf: other)
  }

  private mutating func append(cellsOf other: RankedValues) {
    keepCells()
    values += other.values
    cells?.append(contentsOf: other.cells ?? [])
  }

  /// All values in one array.
  private func flattened() -> RankedValues {
    if runs.isEmpty { return self }
    var whole = RankedValues()
    whole.values.reserveCapacity(values.count + runs.lazy.map(\.count).reduce(0, +))
    for run in runs { whole.values += run }
    whole.values += values
    return whole
  }

  private mutating func keepCells() {
    guard cells == nil else { return }
    self = flattened()
    cells = Array(repeating: 0, count: values.count)
  }

  /// Sorts by cell, counting; costs two passes, none when all are of one cell.
  func grouped(cellCount: Int) -> Grouped {
    guard let cells else {
      let values = flattened().values
      return Grouped(values: values, starts: [0] + Array(repeating: values.count, count: cellCount))
    }
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
