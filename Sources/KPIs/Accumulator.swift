/// Gathers verdicts into the figures of cells.
///
/// A cell is a group by the keys asked for, numbered densely by the caller; a negative cell number leaves the row out.
/// Durations, averages and counts keep their values (12 bytes a row) until ``results()`` ranks them. Two accumulators of
/// the same cells over different rows add up with ``merge(_:)``.
public struct Accumulator: Sendable {
  public let definition: Definition
  public private(set) var cellCount: Int

  /// Kinds a cell counts: the four below ``Verdicts/firstExclusion``, the exclusions and the factors.
  private let stride: Int
  private let firstFactor: Int
  /// Of a cell and kind, at `cell × stride + kind`.
  private var counts: [Int64]
  private var sums: [Int128]
  private var weightSums: [Int128]
  private var ranked: RankedValues
  private var folds: OrderFolds

  /// All cells empty.
  public init(_ definition: Definition, cellCount: Int = 1) {
    self.definition = definition
    self.cellCount = cellCount
    firstFactor = Int(Verdicts.firstExclusion) + definition.exclusions.count
    stride = firstFactor + definition.factors.count
    counts = Array(repeating: 0, count: cellCount * stride)
    sums = Array(repeating: 0, count: cellCount)
    weightSums = Array(repeating: 0, count: definition.kind == .share ? cellCount : 0)
    ranked = RankedValues()
    folds = OrderFolds()
  }

  /// Makes room for cells found later; those there are keep their numbers.
  public mutating func grow(toCellCount newCount: Int) {
    guard newCount > cellCount else { return }
    counts.append(contentsOf: repeatElement(0, count: (newCount - cellCount) * stride))
    sums.append(contentsOf: repeatElement(0, count: newCount - cellCount))
    if definition.kind == .share {
      weightSums.append(contentsOf: repeatElement(0, count: newCount - cellCount))
    }
    cellCount = newCount
  }

  /// Adds the rows whose instant lies in `period`, all to cell 0.
  public mutating func add(_ verdicts: Verdicts, within period: Range<Int64>) {
    switch definition.kind {
    case .rate: countKinds(verdicts, within: period)
    case .share, .amount: sumFirst(verdicts, within: period)
    case .product: add(verdicts, cells: Array(repeating: 0, count: verdicts.count), within: period)
    default: rankFirst(verdicts, within: period)
    }
  }

  /// Adds the rows whose instant lies in `period`, each to its cell.
  ///
  /// - Parameter cells: The cell of each row; negative leaves it out.
  public mutating func add(_ verdicts: Verdicts, cells: [Int32], within period: Range<Int64>) {
    precondition(cells.count >= verdicts.count, "a cell for each row")
    let (lower, upper) = (period.lowerBound, period.upperBound)
    let isRate = definition.kind == .rate
    for row in 0..<verdicts.count {
      let instant = verdicts.instants[row]
      let cell = Int(cells[row])
      guard instant >= lower, instant < upper, cell >= 0 else { continue }
      let kind = verdicts.kinds[row]
      counts[cell * stride + Int(kind)] += 1
      if !isRate, kind == Verdicts.hit || kind == Verdicts.miss { measure(verdicts, row: row, cell: cell) }
    }
  }

  /// Adds lines, each to its cell, so that an average counts an order once in each cell its lines fall into.
  ///
  /// - Parameters:
  ///   - orders: The order row of each line; the lines of an order stand together.
  ///   - cells: The cell of each line; negative leaves it out.
  public mutating func add(_ verdicts: Verdicts, orders: [Int64], cells: [Int32], within period: Range<Int64>) {
    guard definition.kind == .average else { return add(verdicts, cells: cells, within: period) }
    precondition(cells.count >= verdicts.count && orders.count >= verdicts.count, "a cell and an order for each line")
    for row in 0..<verdicts.count where period.contains(verdicts.instants[row]) && cells[row] >= 0 {
      let kind = verdicts.kinds[row]
      guard kind != Verdicts.outside else { continue }
      if let whole = folds.add(kind, verdicts.values[row], order: orders[row], cell: Int(cells[row])) {
        settle(whole, cell: Int(cells[row]))
      }
    }
  }

  /// Adds what a customer figure says of customers; the figure has looked at the period itself.
  public mutating func add(_ verdicts: CustomerVerdicts) {
    let measures = definition.kind != .rate
    let (cells, kinds, values) = (verdicts.cells.span, verdicts.kinds.span, verdicts.values.span)
    for index in 0..<verdicts.count where cells[index] >= 0 {
      let cell = Int(cells[index])
      counts[cell * stride + Int(kinds[index])] += 1
      if measures, kinds[index] == Verdicts.hit {
        sums[cell] += Int128(values[index])
        ranked.append(values[index], cell: cell)
      }
    }
  }

  /// Adds only the excluded rows: what ``CustomerKPI/qualify(_:in:into:)`` left out of the sequences.
  public mutating func addExclusions(_ verdicts: Verdicts, cells: [Int32]?, within period: Range<Int64>) {
    let (kinds, instants) = (verdicts.kinds.span, verdicts.instants.span)
    for row in 0..<verdicts.count where kinds[row] >= Verdicts.firstExclusion && period.contains(instants[row]) {
      let cell = Int(cells?[row] ?? 0)
      if cell >= 0 { counts[cell * stride + Int(verdicts.kinds[row])] += 1 }
    }
  }

  /// Adds all of `other`, which has the same definition and numbers cells alike.
  ///
  /// Where lines were added, the two must not share an order.
  public mutating func merge(_ other: Accumulator) {
    precondition(other.definition == definition, "two figures do not add up")
    grow(toCellCount: other.cellCount)
    for index in other.counts.indices { counts[index] += other.counts[index] }
    for cell in other.sums.indices { sums[cell] += other.sums[cell] }
    for cell in other.weightSums.indices { weightSums[cell] += other.weightSums[cell] }
    ranked.append(other.ranked)
    for (cell, whole) in other.folds.open { settle(whole, cell: cell) }
  }

  /// Adds all of `other`, whose cell `c` is `cells[c]` here; this accumulator has room for them.
  ///
  /// Where lines were added, the two must not share an order.
  public mutating func merge(_ other: Accumulator, cells: [Int32]) {
    precondition(other.definition == definition, "two figures do not add up")
    precondition(cells.count >= other.cellCount, "a cell for each of the other's")
    for cell in 0..<other.cellCount {
      let target = Int(cells[cell])
      for kind in 0..<stride { counts[target * stride + kind] += other.counts[cell * stride + kind] }
      sums[target] += other.sums[cell]
      if !weightSums.isEmpty { weightSums[target] += other.weightSums[cell] }
    }
    ranked.append(other.ranked, cells: cells)
    for (cell, whole) in other.folds.open { settle(whole, cell: Int(cells[cell])) }
  }

  /// The figure of each cell.
  ///
  /// Ranking costs two passes over the values of a cell, or a sort where they are few.
  public func results() throws(KPIError) -> [KPIResult] {
    var settled = self
    for (cell, whole) in folds.open { settled.settle(whole, cell: cell) }
    settled.folds = OrderFolds()
    return try settled.rankedResults()
  }

  /// The only cell's figure, or the first's.
  public func result() throws(KPIError) -> KPIResult { try results()[0] }

  // MARK: - Parts

  private mutating func countKinds(_ verdicts: Verdicts, within period: Range<Int64>) {
    let (lower, upper) = (period.lowerBound, period.upperBound)
    let (kinds, instants) = (verdicts.kinds.span, verdicts.instants.span)
    var counts = self.counts
    self.counts = []
    for row in 0..<verdicts.count where instants[row] >= lower && instants[row] < upper {
      counts[Int(kinds[row])] += 1
    }
    self.counts = counts
  }

  /// Hits and misses of cell 0, with what they add.
  private mutating func sumFirst(_ verdicts: Verdicts, within period: Range<Int64>) {
    let (lower, upper) = (period.lowerBound, period.upperBound)
    let hasWeights = definition.kind == .share
    let (kinds, instants) = (verdicts.kinds.span, verdicts.instants.span)
    let (values, weights) = (verdicts.values.span, verdicts.weights.span)
    var (sum, weightSum): (Int128, Int128) = (0, 0)
    var counts = self.counts
    self.counts = []
    for row in 0..<verdicts.count where instants[row] >= lower && instants[row] < upper {
      let kind = kinds[row]
      counts[Int(kind)] += 1
      guard kind == Verdicts.hit || kind == Verdicts.miss else { continue }
      sum += Int128(values[row])
      if hasWeights { weightSum += Int128(weights[row]) }
    }
    self.counts = counts
    sums[0] += sum
    if hasWeights { weightSums[0] += weightSum }
  }

  /// Hits of cell 0, kept to be ranked.
  private mutating func rankFirst(_ verdicts: Verdicts, within period: Range<Int64>) {
    let (lower, upper) = (period.lowerBound, period.upperBound)
    let (kinds, instants, values) = (verdicts.kinds.span, verdicts.instants.span, verdicts.values.span)
    var sum: Int128 = 0
    var kept = [Int64](repeating: 0, count: verdicts.count)
    var keptCount = 0
    var counts = self.counts
    self.counts = []
    for row in 0..<verdicts.count where instants[row] >= lower && instants[row] < upper {
      let kind = kinds[row]
      counts[Int(kind)] += 1
      guard kind == Verdicts.hit else { continue }
      sum += Int128(values[row])
      kept[keptCount] = values[row]
      keptCount += 1
    }
    self.counts = counts
    sums[0] += sum
    kept.removeLast(kept.count - keptCount)
    ranked.append(kept)
  }

  private mutating func measure(_ verdicts: Verdicts, row: Int, cell: Int) {
    let value = verdicts.values[row]
    switch definition.kind {
    case .share:
      sums[cell] += Int128(value)
      weightSums[cell] += Int128(verdicts.weights[row])
    case .amount:
      sums[cell] += Int128(value)
    case .product:
      for factor in definition.factors.indices where value >> Int64(factor) & 1 == 1 {
        counts[cell * stride + firstFactor + factor] += 1
      }
    default:
      guard verdicts.kinds[row] == Verdicts.hit else { return }
      sums[cell] += Int128(value)
      ranked.append(value, cell: cell)
    }
  }

  private mutating func settle(_ whole: OrderFolds.Whole, cell: Int) {
    counts[cell * stride + Int(whole.kind)] += 1
    guard whole.kind == Verdicts.hit else { return }
    sums[cell] += Int128(whole.value)
    ranked.append(whole.value, cell: cell)
  }

  private func rankedResults() throws(KPIError) -> [KPIResult] {
    let byCell = ranked.grouped(cellCount: cellCount)
    var results: [KPIResult] = []
    results.reserveCapacity(cellCount)
    for cell in 0..<cellCount {
      let hits = counts[cell * stride + Int(Verdicts.hit)]
      let misses = counts[cell * stride + Int(Verdicts.miss)]
      let (numerator, denominator): (Int128, Int128?) =
        switch definition.kind {
        case .rate: (Int128(hits), Int128(hits + misses))
        case .share: (sums[cell], weightSums[cell])
        case .duration, .average: (sums[cell], Int128(hits))
        case .amount: (sums[cell], nil)
        case .product: try product(cell, members: hits + misses)
        case .count: (Int128(hits + misses), nil)
        case .turns, .quotient: preconditionFailure("turns and quotients are not added up from verdicts")
        }
      let range = byCell.range(of: cell)
      results.append(
        KPIResult(
          numerator: try fitted(numerator),
          denominator: try denominator.map { (sum) throws(KPIError) in try fitted(sum) },
          pending: counts[cell * stride + Int(Verdicts.pending)],
          excluded: definition.exclusions.indices.map {
            KPIResult.Exclusion(
              reason: definition.exclusions[$0], count: counts[cell * stride + Int(Verdicts.firstExclusion) + $0])
          },
          n: Int64(range.count), ranks: Quantiles.ranks(of: byCell.values, in: range),
          negativeCount: definition.kind == .duration ? Int64(byCell.values[range].count { $0 < 0 }) : 0))
    }
    return results
  }

  /// The product of the rates of a cell, as ``BigInteger/fraction(over:)`` gives it.
  private func product(_ cell: Int, members: Int64) throws(KPIError) -> (Int128, Int128) {
    guard members > 0 else { return (0, 0) }
    var (above, below) = (BigInteger(1), BigInteger(1))
    for factor in definition.factors.indices {
      above = above * counts[cell * stride + firstFactor + factor]
      below = below * members
    }
    guard let product = above.fraction(over: below) else { throw .overflow(kpi: definition.name) }
    return (Int128(product.numerator), Int128(product.denominator))
  }

  private func fitted(_ sum: Int128) throws(KPIError) -> Int64 {
    guard let value = Int64(exactly: sum) else { throw .overflow(kpi: definition.name) }
    return value
  }
}
