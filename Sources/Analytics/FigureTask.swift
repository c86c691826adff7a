internal import Columns
internal import KPIs
internal import OrderModel

/// One figure being gathered: its cells, its sums, the rows behind it.
struct FigureTask: Sendable {
  let definition: Definition
  /// Whether the figure holds amounts.
  let holdsMoney: Bool
  /// Those of the request, behind them those the figure makes by itself, and the currency where amounts need it.
  let dimensions: [Dimension]
  /// Nil when there is one cell only.
  private(set) var numbering: CellNumbering?
  private(set) var accumulator: Accumulator
  private(set) var members: [MemberRow] = []
  private let withMembers: Bool
  private let period: Range<Int64>

  init(_ kpi: any KPI, of plan: Plan) throws(AnalyticsError) {
    definition = kpi.definition
    holdsMoney = Currencies.areHeld(by: kpi)
    dimensions =
      plan.dimensions + Dimension.own(of: kpi.definition, in: plan)
      + (Currencies.needsKey(kpi, in: plan) ? [.word(.currency)] : [])
    numbering = dimensions.isEmpty ? nil : try CellNumbering(dimensions, of: plan)
    accumulator = Accumulator(kpi.definition, cellCount: dimensions.isEmpty ? 1 : 0)
    withMembers = plan.withMembers
    period = plan.context.period
  }

  /// The cell of each row; nil when all are in cell 0.
  mutating func cells(_ verdicts: Verdicts, codes: [[Int64]?]) throws(AnalyticsError) -> [Int32]? {
    let cells = try numbering?.cells(verdicts, codes: codes, within: period)
    if let numbering { accumulator.grow(toCellCount: numbering.cellCount) }
    return cells
  }

  /// Takes verdicts on orders or credit notes, each in its cell.
  ///
  /// - Parameter rows: The row of each in its table; nil counts up from `firstRow`.
  mutating func add(
    _ verdicts: Verdicts, codes: [[Int64]?], source: MemberRow.Source, firstRow: Int, rows: [Int64]? = nil
  ) throws(AnalyticsError) {
    let cells = try cells(verdicts, codes: codes)
    add(verdicts, cells: cells, source: source, firstRow: firstRow, rows: rows)
  }

  /// The same with the cells known; a negative one leaves a row out.
  mutating func add(
    _ verdicts: Verdicts, cells: [Int32]?, source: MemberRow.Source, firstRow: Int, rows: [Int64]? = nil
  ) {
    if let cells {
      accumulator.add(verdicts, cells: cells, within: period)
    } else {
      accumulator.add(verdicts, within: period)
    }
    note(verdicts, cells: cells, source: source, firstRow: firstRow, rows: rows)
  }

  /// Takes verdicts on lines, `orders` holding the order row of each.
  mutating func addLines(_ verdicts: Verdicts, orders: [Int64], codes: [[Int64]?]) throws(AnalyticsError) {
    let cells = try cells(verdicts, codes: codes) ?? Array(repeating: 0, count: verdicts.count)
    accumulator.add(verdicts, orders: orders, cells: cells, within: period)
    note(verdicts, cells: cells, source: .order, firstRow: 0, rows: orders)
  }

  /// Takes what a customer figure left out of the sequences.
  mutating func addExclusions(_ verdicts: Verdicts, cells: [Int32]?, numbering: CellNumbering?, firstRow: Int) {
    if let numbering { accumulator.grow(toCellCount: numbering.cellCount) }
    accumulator.addExclusions(verdicts, cells: cells, within: period)
    note(verdicts, cells: cells, source: .order, firstRow: firstRow, onlyExclusions: true)
  }

  /// Takes what a customer figure says of customers in the cells of `numbering`.
  mutating func add(_ verdicts: CustomerVerdicts, numbering: CellNumbering?) {
    self.numbering = numbering
    if let numbering { accumulator.grow(toCellCount: numbering.cellCount) }
    accumulator.add(verdicts)
    guard withMembers else { return }
    for index in 0..<verdicts.count where verdicts.kinds[index] != Verdicts.outside {
      members.append(
        MemberRow(
          cell: verdicts.cells[index], kind: verdicts.kinds[index], source: .customer, row: verdicts.rows[index]))
    }
  }

  /// Takes all of `other`, the same figure over other rows.
  mutating func merge(_ other: FigureTask) throws(AnalyticsError) {
    if let otherNumbering = other.numbering {
      let numbers = try numbering?.numbers(of: otherNumbering) ?? []
      accumulator.grow(toCellCount: numbering?.cellCount ?? 0)
      accumulator.merge(other.accumulator, cells: numbers)
      members += other.members.map { member in
        var member = member
        member.cell = numbers[Int(member.cell)]
        return member
      }
    } else {
      accumulator.merge(other.accumulator)
      members += other.members
    }
  }

  /// Takes all of `other`, the same figure over other customers with the cells numbered alike.
  mutating func mergeAlike(_ other: FigureTask, numbering: CellNumbering?) {
    self.numbering = numbering
    accumulator.merge(other.accumulator)
    members += other.members
  }

  private mutating func note(
    _ verdicts: Verdicts, cells: [Int32]?, source: MemberRow.Source, firstRow: Int, rows: [Int64]? = nil,
    onlyExclusions: Bool = false
  ) {
    guard withMembers else { return }
    for row in 0..<verdicts.count where verdicts.kinds[row] != Verdicts.outside {
      guard period.contains(verdicts.instants[row]), cells.map({ $0[row] >= 0 }) ?? true else { continue }
      guard !onlyExclusions || verdicts.kinds[row] >= Verdicts.firstExclusion else { continue }
      members.append(
        MemberRow(
          cell: cells?[row] ?? 0, kind: verdicts.kinds[row], source: source,
          row: UInt32(rows.map { $0[row] } ?? Int64(firstRow + row))))
    }
  }
}
