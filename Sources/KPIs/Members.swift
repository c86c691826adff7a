/// The rows behind a figure, class by class: disjoint, and together the population.
public struct Members: Sendable, Hashable {
  /// Rows above and below the line, or measured.
  public var numerator: [Int] = []
  /// Rows below the line only; for counts, counted without an age.
  public var denominatorOnly: [Int] = []
  public var pending: [Int] = []
  /// For each reason of the definition, in its order.
  public var excluded: [[Int]]

  /// Nothing yet, for a figure of `definition`.
  public init(_ definition: Definition) { excluded = Array(repeating: [], count: definition.exclusions.count) }

  /// Adds the rows of a batch whose instant lies in `period`.
  ///
  /// - Parameters:
  ///   - firstRow: The table row of the batch's first row.
  ///   - cells: The cell of each row; only rows of `cell` are added. Nil takes all.
  public mutating func add(
    _ verdicts: Verdicts, firstRow: Int, within period: Range<Int64>, cells: [Int32]? = nil, cell: Int32 = 0
  ) {
    for row in 0..<verdicts.count where period.contains(verdicts.instants[row]) {
      if let cells, cells[row] != cell { continue }
      add(verdicts.kinds[row], row: firstRow + row)
    }
  }

  /// Adds the orders that put customers into their cells.
  public mutating func add(_ verdicts: CustomerVerdicts, cell: Int32? = nil) {
    for index in 0..<verdicts.count {
      if let cell, verdicts.cells[index] != cell { continue }
      add(verdicts.kinds[index], row: Int(verdicts.rows[index]))
    }
  }

  private mutating func add(_ kind: UInt8, row: Int) {
    switch kind {
    case Verdicts.outside: break
    case Verdicts.hit: numerator.append(row)
    case Verdicts.miss: denominatorOnly.append(row)
    case Verdicts.pending: pending.append(row)
    default: excluded[Int(kind - Verdicts.firstExclusion)].append(row)
    }
  }
}
