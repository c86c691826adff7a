internal import KPIs

/// How long stock lasts: what the ledger says is available against the demand of the same SKUs.
enum CoverScan {
  static func answer(_ kpi: DaysOfCover, of plan: Plan) throws(AnalyticsError) -> KPIAnswer {
    // By SKU in any case: demand counts for SKUs that have stock, tracked as it is.
    let hasSKU = plan.dimensions.contains(.sku)
    let dimensions = plan.dimensions + (hasSKU ? [] : [.sku])
    let end = plan.judging.end
    let stock = try plan.asking(AvailableUnits(), by: dimensions, within: plan.context.period)
    let available = try LedgerScan.answer(AvailableUnits(), of: stock)
    let start = end - DaysOfCover.days * 86_400_000
    let asked = try plan.asking(DemandUnits(), by: dimensions, within: start..<end)
    let demand = try AnswerCells.answer(asked.task(), of: asked)
    var demanded: [[String?]: Int64] = [:]
    for cell in demand.cells { demanded[cell.keys] = cell.result.numerator }

    var groups: [(keys: [String?], available: Int64, demand: Int64)] = plan.dimensions.isEmpty ? [([], 0, 0)] : []
    for cell in available.cells {
      let keys = Array(cell.keys.prefix(plan.dimensions.count))
      if groups.last?.keys != keys { groups.append((keys, 0, 0)) }
      groups[groups.count - 1].available += max(0, cell.result.numerator)
      groups[groups.count - 1].demand += demanded[cell.keys] ?? 0
    }
    var answer = KPIAnswer(definition: kpi.definition, isByCreated: false, cells: [], total: nil)
    for group in groups {
      do throws(KPIError) {
        answer.cells.append(
          KPIAnswer.Cell(
            keys: group.keys, result: try kpi.result(available: group.available, demand: group.demand), unit: nil,
            isUnfinished: false))
      } catch { throw .kpi(error) }
    }
    return answer
  }
}
