internal import Columns
internal import KPIs

/// Keys that tell what became of a member, such as the reason it was cancelled for, split the numerator alone.
///
/// 625 cancelled for one reason are 625 of all orders placed, not of those cancelled for it. So the denominator, and what
/// is pending and excluded, is that of the group by the other keys; a row without an outcome and without a numerator
/// tells nothing and is left away.
enum OutcomeKeys {
  /// - Parameter distinct: The figures of the other keys' groups, where members of several groups count once in the
  ///   whole; nil adds the groups up.
  static func shared(_ answer: KPIAnswer, keys: [String], distinct: KPIAnswer? = nil) -> KPIAnswer {
    let outcomes = keys.indices.filter { answer.definition.outcomeKeys.contains(keys[$0]) }
    guard !answer.definition.outcomeKeys.isEmpty, !outcomes.isEmpty || !answer.definition.cellKeys.isEmpty else {
      return answer
    }
    func others(_ cell: KPIAnswer.Cell) -> [String?] {
      cell.keys.indices.filter { !outcomes.contains($0) }.map { cell.keys[$0] }
    }
    var wholes: [[String?]: KPIResult] = [:]
    for cell in distinct?.cells ?? answer.cells {
      let key = distinct == nil ? others(cell) : cell.keys
      guard let whole = wholes[key] else {
        wholes[key] = cell.result
        continue
      }
      wholes[key] = sum(of: whole, cell.result)
    }
    var shared = answer
    shared.cells = answer.cells.compactMap { cell in
      let whole = wholes[others(cell)]!
      let isUnknown = outcomes.allSatisfy { cell.keys[$0] == nil } && cell.ownKeys.allSatisfy { $0 == .null }
      if cell.result.numerator == 0, isUnknown, answer.cells.count > 1 { return nil }
      var cell = cell
      cell.result.denominator = whole.denominator
      cell.result.pending = whole.pending
      cell.result.excluded = whole.excluded
      return cell
    }
    return shared
  }

  private static func sum(of left: KPIResult, _ right: KPIResult) -> KPIResult {
    var sum = left
    if let denominator = right.denominator { sum.denominator = (left.denominator ?? 0) + denominator }
    sum.pending += right.pending
    for index in sum.excluded.indices { sum.excluded[index].count += right.excluded[index].count }
    return sum
  }
}
