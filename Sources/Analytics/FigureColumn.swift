internal import Columns
internal import KPIs

/// A column of an answer beside the keys.
enum FigureColumn: String, CaseIterable {
  case value, numerator, denominator, pending, excluded, unit, scale, n
  case meanNumerator = "mean_num"
  case meanDenominator = "mean_den"
  case p50, p90, p95, max, negative, unfinished
  case isTotal = "is_total"

  static let all = allCases
  var name: String { rawValue }

  /// Whether figures like this one have it.
  func isUsed(_ kind: Definition.Kind, _ answer: KPIAnswer, _ answers: KPIAnswers) -> Bool {
    switch self {
    case .value, .numerator, .denominator, .pending, .excluded, .unit: true
    case .scale: answer.holdsMoney
    case .n: kind == .duration || kind == .count || kind == .average
    case .meanNumerator, .meanDenominator, .negative: kind == .duration
    case .p50: kind == .duration || kind == .count || kind == .average
    case .p90, .p95, .max: kind == .duration || kind == .count
    case .unfinished: answers.context.keys.contains { answers.context.isPeriod(key: $0) }
    case .isTotal: answer.total != nil
    }
  }

  /// The types of its cells in one answer.
  func types(in answer: KPIAnswer) -> [ColumnType] {
    switch self {
    case .excluded: [.counts]
    case .unit: [.text]
    case .unfinished, .isTotal: [.boolean]
    case .numerator, .denominator, .pending, .scale, .n, .meanNumerator, .meanDenominator, .negative: [.integer]
    case .p50, .p90, .p95, .max: isUsed(answer.definition.kind) ? [rankType(in: answer)] : []
    case .value:
      switch answer.definition.kind {
      case .rate, .share, .product, .duration, .average, .turns, .quotient: [.ratio]
      case .count: [.integer]
      case .amount: answer.holdsMoney ? [.money(answer.onlyUnit)] : [.integer]
      }
    }
  }

  private func isUsed(_ kind: Definition.Kind) -> Bool {
    kind == .duration || kind == .count || (kind == .average && self == .p50)
  }

  private func rankType(in answer: KPIAnswer) -> ColumnType {
    guard answer.definition.kind == .average else { return .duration }
    return answer.holdsMoney ? .money(answer.onlyUnit) : .integer
  }

  func value(_ definition: Definition, _ cell: KPIAnswer.Cell, isTotal: Bool) -> Value {
    let result = cell.result
    let kind = definition.kind
    switch self {
    case .value: return reading(definition, cell)
    case .numerator: return .integer(result.numerator)
    case .denominator: return result.denominator.map { .integer($0) } ?? .null
    case .pending: return .integer(result.pending)
    case .excluded: return .counts(result.excluded.filter { $0.count != 0 }.map { ReasonCount($0.reason, $0.count) })
    case .unit:
      return .text(cell.unitName ?? (definition.unit == "currency" ? cell.unit?.code ?? "" : definition.unit))
    case .scale: return cell.unit.map { .integer(Int64($0.scale)) } ?? .null
    case .n: return isUsed(kind) || kind == .average ? .integer(result.n) : .null
    case .meanNumerator: return kind == .duration ? .integer(result.meanNumerator) : .null
    case .meanDenominator: return kind == .duration ? .integer(result.meanDenominator) : .null
    case .p50: return rank(definition, cell, result.ranks?.p50)
    case .p90: return rank(definition, cell, result.ranks?.p90)
    case .p95: return rank(definition, cell, result.ranks?.p95)
    case .max: return rank(definition, cell, result.ranks?.max)
    case .negative: return kind == .duration ? .integer(result.negativeCount) : .null
    case .unfinished: return .boolean(cell.isUnfinished)
    case .isTotal: return .boolean(isTotal)
    }
  }

  private func rank(_ definition: Definition, _ cell: KPIAnswer.Cell, _ value: Int64?) -> Value {
    guard let value, isUsed(definition.kind) else { return .null }
    guard definition.kind == .average else { return .duration(milliseconds: value) }
    return cell.unit.map { .money(minorUnits: value, unit: $0) } ?? .integer(value)
  }

  private func reading(_ definition: Definition, _ cell: KPIAnswer.Cell) -> Value {
    let result = cell.result
    switch definition.kind {
    case .count: return .integer(result.numerator)
    case .amount:
      return cell.unit.map { .money(minorUnits: result.numerator, unit: $0) } ?? .integer(result.numerator)
    case .rate, .share, .product, .duration, .average, .turns, .quotient:
      guard let quotient = result.quotient else { return .null }
      let measure: Measure =
        switch definition.kind {
        case .rate, .share, .product: .percent
        case .duration: .duration
        case .average: cell.unit.map { .money($0) } ?? .number
        case .turns, .quotient, .count, .amount: .number
        }
      return .ratio(numerator: quotient.numerator, denominator: quotient.denominator, as: measure)
    }
  }
}

extension KPIAnswer {
  /// Whether its amounts have a currency; a share of amounts has none.
  var holdsMoney: Bool { definition.unit == "currency" }

  /// The unit of all cells; nil when they differ.
  var onlyUnit: MoneyUnit? {
    let units = Set((cells + [total].compactMap { $0 }).map(\.unit))
    return units.count == 1 ? units.first ?? nil : nil
  }
}
