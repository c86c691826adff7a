public import Columns
internal import KPIs

extension KPIAnswers {
  /// One row a figure and group, in the columns of machine-readable answers; those no figure here uses are left out.
  ///
  /// `value` is for reading: a share in percent, a mean, an amount. A total row says so in `is_total` and in its first
  /// key.
  public func table() -> Table {
    let columns = FigureColumn.all.filter { column in
      answers.contains { answer in column.isUsed(answer.definition.kind, answer, self) }
    }
    var table = Table(
      title: title,
      columns: [Column("kpi", type: .text)] + keyColumns + ownKeyColumns
        + columns.map { Column($0.name, type: type(of: $0)) },
      meta: meta, notes: notes)
    for answer in answers {
      for cell in answer.cells { table.append(row(answer, cell, columns, isTotal: false)) }
      if let total = answer.total { table.append(row(answer, total, columns, isTotal: true)) }
    }
    return table
  }

  /// Columns of the group keys.
  var keyColumns: [Column] {
    context.keys.map { Column($0, type: context.isBucket(key: $0) ? .bucket : .text, isKey: true) }
  }

  /// The keys that figures make by themselves.
  var ownKeys: [CellKey] {
    var keys: [CellKey] = []
    for key in answers.flatMap(\.definition.cellKeys) where !keys.contains(key) && !context.keys.contains(key.name) {
      keys.append(key)
    }
    return keys
  }

  /// Their columns.
  var ownKeyColumns: [Column] { ownKeys.map { Column($0.name, type: $0.type, isKey: true) } }

  /// The cells of a row in them; null for the keys of other figures.
  func ownKeyValues(_ definition: Definition, _ values: [Value]) -> [Value] {
    ownKeys.map { key in
      guard let place = definition.cellKeys.firstIndex(of: key), place < values.count else { return .null }
      return values[place]
    }
  }

  /// What the only figure is called; empty for several.
  private var title: String {
    guard answers.count == 1, let definition = answers.first?.definition else { return "" }
    let parts =
      definition.denominator == "none"
      ? definition.numerator : "\(definition.numerator) / \(definition.denominator)"
    return "\(definition.english)\(definition.variant.isEmpty ? "" : ", \(definition.variant)") = \(parts)"
  }

  /// The type all cells of the column have, `number` where figures differ.
  private func type(of column: FigureColumn) -> ColumnType {
    let types = Set(answers.flatMap { answer in column.types(in: answer) })
    return types.count == 1 ? types.first ?? .number : .number
  }

  private func row(
    _ answer: KPIAnswer, _ cell: KPIAnswer.Cell, _ columns: [FigureColumn], isTotal: Bool
  ) -> [Value] {
    var keys = cell.keys.map { $0.map { Value.text($0) } ?? .null }
    if isTotal { keys = context.keys.indices.map { $0 == 0 ? "total" : .null } }
    return [.text(answer.definition.name)] + keys + ownKeyValues(answer.definition, cell.ownKeys)
      + columns.map { $0.value(answer.definition, cell, isTotal: isTotal) }
  }
}

extension CellKey {
  /// What its column holds.
  var type: ColumnType {
    switch self {
    case .measure, .segment, .channel: .text
    case .cohort: .bucket
    case .monthsLater, .recency, .frequency, .money: .integer
    }
  }
}
