internal import Columns
internal import KPIs

/// Puts the figures of another period beside those of the period asked about, group by group.
enum Comparison {
  private struct Group: Hashable {
    var keys: [String?]
    var ownKeys: [Value]

    init(_ cell: KPIAnswer.Cell) { (keys, ownKeys) = (cell.keys, cell.ownKeys) }
  }

  /// Groups of the other period alone follow, with nothing of their own.
  static func joined(_ answer: KPIAnswer, with other: KPIAnswer) throws(AnalyticsError) -> KPIAnswer {
    var answer = answer
    var others: [Group: KPIAnswer.Cell] = [:]
    for cell in other.cells { others[Group(cell)] = cell }
    for index in answer.cells.indices {
      guard let cell = others.removeValue(forKey: Group(answer.cells[index])) else { continue }
      try join(&answer.cells[index], with: cell, of: answer.definition)
    }
    for var cell in other.cells where others[Group(cell)] != nil {
      cell.compared = cell.result
      cell.result = KPIResult(numerator: 0, denominator: cell.result.denominator == nil ? nil : 0)
      answer.cells.append(cell)
    }
    if var total = answer.total, let other = other.total {
      try join(&total, with: other, of: answer.definition)
      answer.total = total
    }
    return answer
  }

  private static func join(
    _ cell: inout KPIAnswer.Cell, with other: KPIAnswer.Cell, of definition: Definition
  ) throws(AnalyticsError) {
    if let unit = cell.unit, let otherUnit = other.unit, unit != otherUnit {
      throw .mixedCurrencies(kpi: definition.name, currencies: [unit.code, otherUnit.code].sorted())
    }
    cell.compared = other.result
  }
}
