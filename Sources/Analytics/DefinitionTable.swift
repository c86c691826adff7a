internal import Columns
internal import KPIs

/// What figures mean, in words.
enum DefinitionTable {
  static func table(of plan: Plan) -> Table {
    table(of: plan.kpis, meta: .of(plan.context, definitions: plan.kpis.map { ($0.definition, plan.isByCreated) }))
  }

  static func table(of kpis: [any KPI], meta: Metadata = Metadata()) -> Table {
    var table = Table(
      columns: [Column("kpi", type: .text), Column("item", type: .text), Column("text", type: .text)], meta: meta)
    for kpi in kpis {
      for (item, text) in items(of: kpi.definition) {
        table.append([.text(kpi.definition.name), .text(item), .text(text)])
      }
    }
    return table
  }

  private static func items(of definition: Definition) -> [(String, String)] {
    [
      ("label", definition.english), ("label_zh", definition.chinese), ("version", "\(definition.version)"),
      ("kind", definition.kind.rawValue), ("unit", definition.unit), ("better", definition.direction.rawValue),
      ("numerator", definition.numerator), ("denominator", definition.denominator),
      ("population", definition.population), ("pending", definition.pending),
      ("excluded", definition.exclusions.isEmpty ? "none" : definition.exclusions.joined(separator: ", ")),
      ("attribution", definition.attribution.rawValue),
      ("source", definition.source.isEmpty ? "none" : definition.source),
    ]
  }
}
