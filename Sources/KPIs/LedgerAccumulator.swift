public import Columns
public import OrderModel

/// Adds up stock movements into turns or days and average inventory, cell by cell.
///
/// The value on hand at an instant is the sum of the changes before it, so each movement adds its change times the rest
/// of the period (or the number of sampling instants behind it), in whatever order movements come; exact, in 128 bits.
public struct LedgerAccumulator: LedgerFold {
  public let definition: Definition
  public let cellCount: Int
  private let start: Int64
  /// End of the period, or as-of where that comes first.
  private let end: Int64
  /// Ascending; empty for ``LedgerSampling/everyMoment``.
  private let samples: [Int64]
  private let isIntegral: Bool
  private let isInDays: Bool
  /// Σ value × milliseconds, or Σ value over the samples.
  private var stock: [Int128]
  /// Of what left; ``restocked`` is what came back of it.
  private var costOfGoods: [Int128]
  private var restocked = RestockedReturns()
  private var untracked: [Int64]
  private var overflowed = false

  /// A year of 365 days in milliseconds.
  private static let year: Int128 = 31_536_000_000
  private static let day: Int128 = 86_400_000

  /// All cells empty.
  ///
  /// - Parameters:
  ///   - context: Its period must have both ends; one that reaches beyond as-of ends there.
  ///   - instants: The local day or month ends for ``LedgerSampling/dayEnds`` and ``LedgerSampling/monthEnds``: those in
  ///     the period are used, its end among them. Ignored otherwise.
  /// - Throws: ``KPIError/needsPeriod(kpi:)`` without a period, or where as-of is not after its start.
  public init(
    _ kpi: some AverageInventoryKPI, in context: JudgingContext, instants: [Int64] = [], cellCount: Int = 1
  ) throws(KPIError) {
    let (start, end) = (context.period.lowerBound, min(context.period.upperBound, context.asOf))
    guard start > InstantColumn.unknown, end < Int64.max, start < end else {
      throw .needsPeriod(kpi: kpi.definition.name)
    }
    definition = kpi.definition
    self.cellCount = cellCount
    (self.start, self.end) = (start, end)
    isIntegral = kpi.sampling == .everyMoment
    isInDays = kpi.isInDays
    samples =
      switch kpi.sampling {
      case .everyMoment: []
      case .dayEnds, .monthEnds: instants.filter { $0 > start && $0 <= end }.sorted()
      case .fivePoints: (0...4).map { start + (end - start) / 4 * $0 + (end - start) % 4 * $0 / 4 }
      case .bothEnds: [start, end]
      }
    stock = Array(repeating: 0, count: cellCount)
    costOfGoods = Array(repeating: 0, count: cellCount)
    untracked = Array(repeating: 0, count: cellCount)
  }

  /// Adds the movements of a batch.
  ///
  /// - Parameter cells: The cell of each row, negative leaves it out; nil puts all into cell 0.
  public mutating func add(_ batch: Batch<MovementField>, cells: [Int32]? = nil) {
    let occurred = batch[.occurredAt]
    let kinds = batch[.kind]
    let changes = batch[.valueChange]
    let applied = batch[.applied]
    let (quantities, orders, skus) = (batch[.quantity], batch[.order], batch[.sku])
    let ship = Int64(MovementKind.ship.rawValue)
    for row in 0..<batch.count {
      let instant = occurred[row]
      let cell = Int(cells?[row] ?? 0)
      guard cell >= 0, instant < end, InstantColumn.isInstant(instant) else { continue }
      let isInPeriod = instant >= start
      guard applied[row] != 0 else {
        if isInPeriod, kinds[row] == ship { untracked[cell] += 1 }
        continue
      }
      let factor = isIntegral ? end - max(instant, start) : samplesAfter(instant)
      let (sum, overflow) = stock[cell].addingReportingOverflow(Int128(changes[row]) * Int128(factor))
      stock[cell] = sum
      overflowed = overflowed || overflow
      if kinds[row] == ship {
        if isInPeriod { costOfGoods[cell] -= Int128(changes[row]) }
      } else if let kind = RestockedReturns.kind(kinds[row]) {
        restocked.add(
          kind, units: quantities[row], value: changes[row], order: orders[row], sku: skus[row], cell: cell,
          isBefore: !isInPeriod)
      }
    }
  }

  /// Adds all of `other`, made with the same figure, context and cells.
  public mutating func merge(_ other: LedgerAccumulator) {
    precondition(
      other.definition == definition && other.start == start && other.end == end && other.samples == samples
        && other.cellCount == cellCount, "two figures do not add up")
    for cell in 0..<cellCount {
      let (sum, overflow) = stock[cell].addingReportingOverflow(other.stock[cell])
      stock[cell] = sum
      overflowed = overflowed || overflow || other.overflowed
      costOfGoods[cell] += other.costOfGoods[cell]
      untracked[cell] += other.untracked[cell]
    }
    restocked.merge(other.restocked)
  }

  /// The figure and average inventory value of each cell, as fractions in lowest terms. Without inventory there are no
  /// turns, without goods sold no days.
  ///
  /// - Throws: ``KPIError/overflow(kpi:)`` when a fraction does not fit 64 bits.
  public func results() throws(KPIError) -> [KPIResult] {
    var net = self
    for (cell, cost) in restocked.costs { net.costOfGoods[cell] -= cost }
    var results: [KPIResult] = []
    for cell in 0..<cellCount { results.append(try net.result(cell)) }
    return results
  }

  private func result(_ cell: Int) throws(KPIError) -> KPIResult {
    guard !overflowed else { throw .overflow(kpi: definition.name) }
    let divisor = isIntegral ? Int128(end - start) : Int128(samples.count)
    let excluded = [KPIResult.Exclusion(reason: definition.exclusions[0], count: untracked[cell])]
    guard divisor > 0 else { return KPIResult(numerator: 0, denominator: 0, excluded: excluded) }
    let average = try fitted(Fraction(reducing: stock[cell], divisor))
    let (above, below) = try isInDays ? days(cell, divisor) : turns(cell, divisor)
    guard below != 0 else {
      return KPIResult(numerator: 0, denominator: 0, excluded: excluded, averageInventory: average)
    }
    let figure = try fitted(Fraction(reducing: above, below))
    return KPIResult(
      numerator: figure.numerator, denominator: figure.denominator, excluded: excluded, averageInventory: average)
  }

  /// cost ÷ (stock ÷ divisor) × (year ÷ length); over the integral, divisor and length cancel.
  private func turns(_ cell: Int, _ divisor: Int128) throws(KPIError) -> (Int128, Int128) {
    let length = Int128(end - start)
    let factors = isIntegral ? (above: Self.year, below: Int128(1)) : (above: Self.year * divisor, below: length)
    return (try product(costOfGoods[cell], factors.above), try product(stock[cell], factors.below))
  }

  /// (stock ÷ divisor) ÷ (cost ÷ (length ÷ day)).
  private func days(_ cell: Int, _ divisor: Int128) throws(KPIError) -> (Int128, Int128) {
    let length = Int128(end - start)
    let factors = isIntegral ? (above: Int128(1), below: Self.day) : (above: length, below: Self.day * divisor)
    return (try product(stock[cell], factors.above), try product(costOfGoods[cell], factors.below))
  }

  private func product(_ left: Int128, _ right: Int128) throws(KPIError) -> Int128 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw .overflow(kpi: definition.name) }
    return product
  }

  private func fitted(_ fraction: Fraction?) throws(KPIError) -> Fraction {
    guard let fraction else { throw .overflow(kpi: definition.name) }
    return fraction
  }

  /// How many samples see a change at `instant`: those after it.
  private func samplesAfter(_ instant: Int64) -> Int64 {
    var (low, high) = (0, samples.count)
    while low < high {
      let middle = (low + high) / 2
      if samples[middle] > instant { high = middle } else { low = middle + 1 }
    }
    return Int64(samples.count - low)
  }
}
