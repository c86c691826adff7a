/// The reference of the key figures, written from their definitions.
public enum KPIReference {
  /// Markdown: what holds for all, then a section a family with a table a variant.
  public static func markdown() -> String {
    var lines = [
      "# Key figures", "",
      "This page is made from the definitions in the code; a test compares the two.", "",
      "An event has happened when its instant lies before as-of; a deadline is over when it lies before as-of. The four",
      "classes (numerator, denominator only, pending, excluded by reason) are disjoint and cover the population.",
      "A node reached without an instant is *time-missing*: durations exclude it, rates with a deadline count it as missed.",
      "Durations are milliseconds, exact; percentiles are nearest rank. Nothing below the line gives no value, never 0.",
      "Names take `:` or `.`, `-` or `_`, in any letter case; figures marked * are refused without a variant.",
    ]
    for family in KPICatalogue.families { lines += section(family) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ family: KPIFamily) -> [String] {
    let first = family.variants[0].definition
    var lines = ["", "## \(family.id)\(family.needsVariant ? " *" : "") `\(family.slug)` \(title(family))", ""]
    if !family.variantNames.isEmpty {
      let names = family.variantNames.map { "`\(first.id):\($0)`" }.joined(separator: ", ")
      let bare = family.needsVariant ? "The bare name is refused." : "The bare name means `\(first.name)`."
      lines += ["Variants: \(names). \(bare)", ""]
    }
    for kpi in family.variants { lines += table(kpi.definition) }
    lines.removeLast()
    return lines
  }

  /// The label where all variants share it, else those of the variants.
  private static func title(_ family: KPIFamily) -> String {
    var titles: [String] = []
    for kpi in family.variants {
      let title = "\(kpi.definition.english) \(kpi.definition.chinese)"
      if !titles.contains(title) { titles.append(title) }
    }
    return titles.joined(separator: ", ")
  }

  private static func table(_ definition: Definition) -> [String] {
    let rows = [
      ("label", "\(definition.english) \(definition.chinese)"),
      (
        "order language",
        "`\(definition.slug)\(definition.variant.isEmpty ? "" : ".\(definition.variant.replacing("-", with: "_"))")`"
      ),
      ("version, kind", "\(definition.version), \(definition.kind.rawValue)"),
      ("unit, better", "\(definition.unit), \(definition.direction.rawValue)"),
      ("numerator", definition.numerator),
      ("denominator", definition.denominator),
      ("population", definition.population),
      ("pending", definition.pending),
      (
        "excluded, by reason",
        definition.exclusions.isEmpty ? "none" : definition.exclusions.map { "`\($0)`" }.joined(separator: ", ")
      ),
      ("attributed to", definition.attribution.rawValue),
      ("source", definition.source.isEmpty ? "–" : definition.source),
    ]
    let keys = definition.cellKeys.map { "`\($0.name)`" }.joined(separator: ", ")
    return ["| `\(definition.name)` | |", "|---|---|"]
      + (rows + (keys.isEmpty ? [] : [("a row for each", keys)])).map { "| \($0.0) | \($0.1) |" } + [""]
  }
}
