internal import Intake

/// What an import did, for people: every row in exactly one class.
enum ImportSummary {
  static func text(of report: ImportReport, isDryRun: Bool, again: String?) -> String {
    var lines: [String] = []
    let verb = isDryRun ? "would import" : "imported"
    for (tally, name) in [(report.orders, "orders"), (report.credits, "credit notes"), (report.movements, "movements")]
    where tally.total > 0 {
      lines.append(
        "\(verb) \(grouped(tally.created + tally.updated + tally.unchanged)) \(name)"
          + " (\(grouped(tally.created)) new, \(grouped(tally.updated)) updated, \(grouped(tally.unchanged)) unchanged)"
          + (tally.rejected > 0 ? ", \(grouped(tally.rejected)) rejected" : ""))
    }
    if lines.isEmpty { lines.append("\(verb) nothing") }
    lines.append("lines \(grouped(report.lines))")
    for file in report.files {
      var text = "\(file.path): \(grouped(file.rows)) rows"
      if file.tally.total > 0 {
        text +=
          " = \(grouped(file.tally.created)) new + \(grouped(file.tally.updated)) updated"
          + " + \(grouped(file.tally.unchanged)) unchanged + \(grouped(file.tally.rejected)) rejected"
          + " + \(grouped(file.tally.skipped)) skipped"
      }
      if file.unused > 0 { text += ", \(grouped(file.unused)) that no document names" }
      lines.append(text)
    }
    if report.rejectedRows > 0 {
      let problems = report.problems.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
        "\(grouped(count)) \(code) \(ErrorCatalogue.entry(code)?.title ?? "")"
      }
      lines.append("rejected \(grouped(report.rejectedRows)) rows (\(problems.joined(separator: " · ")))")
      for path in report.files.compactMap(\.rejectsPath) { lines.append("rejects are in \(path)") }
      if let again { lines.append("repair them there and run: \(again)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Thousands separated by commas.
  static func grouped(_ value: Int) -> String {
    var digits = Array(String(value).reversed())
    var index = 3
    while index < digits.count {
      digits.insert(",", at: index)
      index += 4
    }
    return String(digits.reversed())
  }
}
