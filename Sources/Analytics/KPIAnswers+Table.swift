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
      columns: [Column("kpi", type: .text)] + keyColumns + columns.map { Column($0.name, type: type(of: $0)) },
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
    return [.text(answer.definition.name)] + keys
      + columns.map { $0.value(answer.definition, cell, isTotal: isTotal) }
  }
}
