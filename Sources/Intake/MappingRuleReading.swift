internal import Calendars

/// How the single rules of a mapping are written: columns, texts, instants, amounts, conditions.
extension MappingReader {
  /// The column that a text names: `table.column`, or a column of the main file.
  func column(_ text: String, _ place: MappingPlace) throws(MappingProblem) -> ColumnReference {
    for index in tables.indices where tables.count > 1 || namesFiles {
      let prefix = tables[index].name + "."
      if text.hasPrefix(prefix), text.utf8.count > prefix.utf8.count {
        return ColumnReference(table: index, name: String(text.dropFirst(prefix.count)), place: place)
      }
    }
    if text.isEmpty {
      throw MappingProblem(path: path, line: place.line, table: place.table, key: place.key, reason: "no column named")
    }
    return ColumnReference(table: 0, name: text, place: place)
  }

  func text(_ section: inout MappingSection, _ key: String) throws(MappingProblem) -> TextRule? {
    guard let value = section.take(key) else { return nil }
    let place = section.place(key)
    switch value {
    case .string(let name): return TextRule(columns: [try column(name, place)], constant: nil, normalisation: nil)
    case .table(let members):
      var rule = self.section([section.name, key].filter { !$0.isEmpty }.joined(separator: "."), members)
      var columns: [ColumnReference] = []
      for name in try rule.strings("column") { columns.append(try column(name, place)) }
      let constant = try rule.string("constant")
      let fallback = try rule.string("default")
      let normalisation = try rule.word("normalise", TextRule.Normalisation.self)
      if columns.isEmpty, constant == nil { throw rule.problem("", "needs a column or a constant") }
      if constant != nil, !columns.isEmpty || fallback != nil {
        throw rule.problem("constant", "a constant leaves no room for columns; write default instead")
      }
      try rule.finish()
      return TextRule(columns: columns, constant: constant ?? fallback, normalisation: normalisation)
    default: throw section.problem(key, "needs a column name or a table, not \(value.kind)")
    }
  }

  func requiredText(_ section: inout MappingSection, _ key: String) throws(MappingProblem) -> TextRule {
    guard let rule = try text(&section, key) else { throw section.problem(key, "missing") }
    return rule
  }

  func instant(_ section: inout MappingSection, _ key: String) throws(MappingProblem) -> InstantRule? {
    guard let value = section.take(key) else { return nil }
    let place = section.place(key)
    switch value {
    case .string(let name):
      return InstantRule(column: try column(name, place), patterns: patterns, choice: .first)
    case .table(let members):
      var rule = self.section([section.name, key].filter { !$0.isEmpty }.joined(separator: "."), members)
      guard let name = try rule.string("from") else { throw rule.problem("from", "missing: the column of the instant") }
      let own = try rule.patterns("format")
      let choice = try rule.word("take", InstantRule.Choice.self) ?? .first
      try rule.finish()
      return InstantRule(column: try column(name, place), patterns: own.isEmpty ? patterns : own, choice: choice)
    default: throw section.problem(key, "needs a column name or a table, not \(value.kind)")
    }
  }

  func amount(_ section: inout MappingSection, _ key: String) throws(MappingProblem) -> AmountRule? {
    guard let value = section.take(key) else { return nil }
    let place = section.place(key)
    switch value {
    case .string(let name): return AmountRule(column: try column(name, place), decimal: money, isSum: false)
    case .table(let members):
      var rule = self.section([section.name, key].filter { !$0.isEmpty }.joined(separator: "."), members)
      guard let name = try rule.string("sum") else { throw rule.problem("sum", "missing: the column to add up") }
      try rule.finish()
      return AmountRule(column: try column(name, place), decimal: money, isSum: true)
    default: throw section.problem(key, "needs a column name or { sum = … }, not \(value.kind)")
    }
  }

  func table(_ section: inout MappingSection) throws(MappingProblem) -> Int {
    guard let name = try section.string("from") else { return 0 }
    guard let index = tables.firstIndex(where: { $0.name == name }) else {
      throw section.problem(
        "from", "no file '\(name)' in [files]; there are \(tables.map(\.name).joined(separator: ", "))")
    }
    if case .lookup = tables[index].link {
      throw section.problem("from", "'\(name)' has one row a key; many = true is missing there")
    }
    return index
  }

  /// `column` (the order number unless named) with one of `prefix`, `equals`, `empty`.
  func condition(_ section: inout MappingSection, _ order: Mapping.Order) throws(MappingProblem) -> Condition {
    let reference: ColumnReference
    let place = section.place("column")
    if let name = try section.string("column") {
      reference = try column(name, place)
    } else if let number = order.number.columns.first {
      reference = number
    } else {
      throw section.problem("column", "missing")
    }
    guard reference.table == 0 else { throw section.problem("column", "must be a column of \(tables[0].name)") }
    let prefixes = try section.strings("prefix")
    let values = try section.strings("equals")
    let isEmpty = try section.flag("empty") ?? false
    switch (prefixes.isEmpty, values.isEmpty, isEmpty) {
    case (false, true, false): return Condition(column: reference, test: .prefix(prefixes.map { Array($0.utf8) }))
    case (true, false, false): return Condition(column: reference, test: .equals(values.map { Array($0.utf8) }))
    case (true, true, true): return Condition(column: reference, test: .empty)
    default: throw section.problem("", "needs exactly one of prefix, equals, empty = true")
    }
  }
}
