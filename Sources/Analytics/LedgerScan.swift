internal import Calendars
internal import Columns
internal import KPIs
internal import OrderModel
internal import OrderStore

/// A figure over stock movements.
enum LedgerScan {
  /// Walks the movements twice where there are keys: to number the groups, then to add up.
  static func answer(_ kpi: any LedgerKPI, of plan: Plan) throws(AnalyticsError) -> KPIAnswer {
    var numbering: CellNumbering?
    var cells: [[Int32]] = []
    if !plan.dimensions.isEmpty {
      var counting = try CellNumbering(plan.dimensions, of: plan)
      let fields = plan.dimensions.map(\.movementField)
      for group in 0..<plan.snapshot.movementGroupCount {
        let batch = try movements(group, fields, of: plan)
        cells.append(
          try counting.cells(
            active: Array(repeating: true, count: batch.count), instants: [], codes: fields.map { batch[$0] }))
      }
      numbering = counting
    }
    var fold: any LedgerFold
    do throws(KPIError) {
      fold = try kpi.fold(
        in: plan.judging, instants: instants(kpi.sampling, of: plan), cellCount: numbering?.cellCount ?? 1)
    } catch { throw .kpi(error) }
    for group in 0..<plan.snapshot.movementGroupCount {
      fold.add(try movements(group, kpi.fields, of: plan), cells: numbering == nil ? nil : cells[group])
    }
    let results: [KPIResult]
    do throws(KPIError) { results = try fold.results() } catch { throw .kpi(error) }
    return try AnswerCells.answer(
      kpi.definition, results: results, numbering: numbering, holdsMoney: false, of: plan)
  }

  private static func movements(
    _ group: Int, _ fields: [MovementField], of plan: Plan
  ) throws(AnalyticsError) -> Batch<MovementField> {
    do throws(StoreError) {
      return try plan.snapshot.movements(group: group, fields)
    } catch { throw .store(error) }
  }

  /// The ends of the local days or months in the period.
  private static func instants(_ sampling: LedgerSampling, of plan: Plan) -> [Int64] {
    guard sampling.needsInstants else { return [] }
    let cutter = BucketCutter(rules: plan.context.zone, bucket: sampling == .dayEnds ? .day : .month)
    let end = min(plan.context.period.upperBound, plan.context.asOf)
    var cutting = cutter
    var instants: [Int64] = []
    var instant = plan.context.period.lowerBound
    while instant < end {
      let next = cutter.range(of: cutting.key(at: instant)).upperBound
      guard next > instant else { break }
      instants.append(next)
      instant = next
    }
    return instants
  }
}

extension Dimension {
  /// The column of a movement that tells it.
  fileprivate var movementField: MovementField {
    switch self {
    case .sku: .sku
    case .category: .category
    default: .location
    }
  }
}
