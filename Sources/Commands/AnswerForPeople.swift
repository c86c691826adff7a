internal import Calendars
internal import Columns

/// Puts an answer's base into one line and leaves out the columns that the value column says already.
enum AnswerForPeople {
  /// Columns of integers for programs: the readable value beside them says the same.
  private static let programColumns: Set<String> = ["scale", "unit", "mean_num", "mean_den", "unfinished", "is_total"]

  static func shorten(_ table: inout Table, zone: TimeZoneRules, isWide: Bool) {
    let base = line(of: table.meta, zone: zone)
    markUnfinished(&table)
    if !isWide {
      let kept = table.columns.map(\.name).filter { !programColumns.contains($0) }
      if let selected = table.selecting(kept) { table = selected }
    }
    table.meta = Metadata()
    table.notes.append(base)
  }

  /// Puts a star behind time buckets that are not over.
  private static func markUnfinished(_ table: inout Table) {
    guard let flag = table.index(ofColumn: "unfinished") else { return }
    var marked = Table(
      title: table.title, columns: table.columns, rows: [], meta: table.meta, notes: table.notes)
    for index in 0..<table.rowCount {
      var row = Array(table.row(index))
      if case .boolean(true) = row[flag] {
        for column in row.indices where table.columns[column].type == .bucket {
          if case .text(let bucket) = row[column] { row[column] = .text(bucket + "*") }
        }
      }
      marked.append(row)
    }
    table = marked
  }

  /// `2025-01-01T00:00:00+08:00 ≤ t < 2025-02-01T00:00:00+08:00 · as of … · Asia/Shanghai (tzdata 2025b) · sequence 12 · K07:gross v1`
  private static func line(of meta: Metadata, zone: TimeZoneRules) -> String {
    func instant(_ value: MetadataValue?) -> String? {
      guard case .value(.instant(let milliseconds)) = value else { return nil }
      return RFC3339.string(milliseconds, in: zone)
    }
    var parts: [String] = []
    func stretch(_ period: Metadata) -> String {
      switch (instant(period["from"]), instant(period["to"])) {
      case (nil, nil): "all time"
      case (let from?, nil): "\(from) ≤ t"
      case (nil, let to?): "t < \(to)"
      case (let from?, let to?): "\(from) ≤ t < \(to)"
      }
    }
    if case .object(let period) = meta["period"] { parts.append(stretch(period)) }
    if case .object(let period) = meta["compared_period"] { parts.append("compared with \(stretch(period))") }
    if let asOf = instant(meta["as_of"]) { parts.append("as of \(asOf)") }
    if case .value(.text(let version)) = meta["zone_rules"], !version.isEmpty {
      parts.append("\(zone.name) (tzdata \(version))")
    } else {
      parts.append(zone.name)
    }
    if case .value(.integer(let sequence)) = meta["sequence"] { parts.append("sequence \(sequence)") }
    if case .list(let kpis) = meta["kpis"], kpis.count <= 4 {
      for case .object(let kpi) in kpis {
        if case .value(.text(let name)) = kpi["kpi"], case .value(.integer(let version)) = kpi["version"],
          case .value(.text(let attribution)) = kpi["attribution"]
        {
          parts.append("\(name) v\(version) by \(attribution)")
        }
      }
    }
    if case .list(let conditions) = meta["where"] {
      for case .value(.text(let condition)) in conditions { parts.append("where \(condition)") }
    }
    return parts.joined(separator: " · ")
  }
}
