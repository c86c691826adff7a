import Commands
import Foundation
import Testing

/// A reference data set imported once for all tests, and its independent figures.
final class ReferenceStore: Sendable {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// `shared/data` beside the checkout or beside its directory; nil elsewhere.
  static let folder: URL? = ["../shared/data", "../../shared/data"].map { root.appending(path: $0).standardized }
    .first { FileManager.default.fileExists(atPath: $0.appending(path: "olist/reference/kpi.json").path) }

  static var isPresent: Bool { folder != nil }
  static let skipped: Comment = "skipped: reference data not present"

  private static let olistResult = Result {
    try ReferenceStore(
      set: "olist", mapping: "olist", input: "olist", settings: ["--tz", "Etc/GMT+3", "--currency", "BRL"])
  }
  private static let onlineRetailResult = Result {
    try ReferenceStore(
      set: "online-retail", mapping: "online-retail", input: "online-retail/online_retail.csv.gz",
      settings: ["--tz", "Etc/UTC", "--currency", "GBP", "--scale", "GBP=3"])
  }

  static func olist() throws -> ReferenceStore { try olistResult.get() }
  static func onlineRetail() throws -> ReferenceStore { try onlineRetailResult.get() }

  struct Failed: Error { var text: String }

  let path: String
  /// What the import printed.
  let importSummary: String
  /// The tables of `reference/kpi.json`: rows by column.
  private let tables: [String: [[String: any Sendable]]]
  /// The columns of each table.
  let columns: [String: [String]]

  private init(set: String, mapping: String, input: String, settings: [String]) throws {
    guard let folder = Self.folder else { throw Failed(text: "no data") }
    path = FileManager.default.temporaryDirectory.appending(path: "reference-\(set)-\(UUID().uuidString).orders").path
    Leftovers.remove(path, path + "-lock")
    var summary = ""
    for arguments in [
      ["--store", path, "init"] + settings,
      [
        "--store", path, "import", "-q", "--map", Self.root.appending(path: "Tools/mappings/\(mapping).toml").path,
        folder.appending(path: input).path,
      ],
    ] {
      let outcome = Tool.outcome(of: arguments, now: Self.now)
      guard outcome.status == 0 else { throw Failed(text: String(decoding: outcome.errors, as: UTF8.self)) }
      summary = String(decoding: outcome.output, as: UTF8.self)
    }
    importSummary = summary
    let file = folder.appending(path: "\(set)/reference/kpi.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]] ?? [:]
    columns = json.mapValues { $0["columns"] as? [String] ?? [] }
    tables = json.mapValues { table in
      let columns = table["columns"] as? [String] ?? []
      let rows = table["rows"] as? [[Any]] ?? []
      return rows.map { row in
        var cells: [String: any Sendable] = [:]
        for (column, cell) in zip(columns, row) {
          if let text = cell as? String {
            cells[column] = text
          } else if let number = cell as? NSNumber {
            cells[column] = number.doubleValue
          }
        }
        return cells
      }
    }
  }

  /// The rows of a reference table.
  func rows(_ table: String) throws -> [Reference] { try #require(tables[table]).map(Reference.init) }

  /// The only row of a reference table.
  func row(_ table: String) throws -> Reference { try #require(try rows(table).first) }

  /// The row of that name.
  func row(_ table: String, _ name: String) throws -> Reference {
    try #require(try rows(table).first { $0.text("k") == name })
  }

  /// The rows that the tool answers.
  func kpi(_ arguments: String...) throws -> [Answer] { try kpi(arguments) }

  func kpi(_ arguments: [String]) throws -> [Answer] {
    let outcome = Tool.outcome(of: ["--store", path, "kpi"] + arguments + ["--format", "json"], now: Self.now)
    #expect(outcome.status == 0, "\(String(decoding: outcome.errors, as: UTF8.self))")
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    return (answer?["rows"] as? [[String: Any]] ?? []).map(Answer.init)
  }

  /// How many orders fulfil a condition.
  func orders(where condition: String) throws -> Int {
    try #require(try kpi(["K25", "--where", condition]).first).count("denominator")
  }

  /// A count that `info` tells.
  func info(_ what: String) throws -> Int {
    let outcome = Tool.outcome(of: ["--store", path, "info", "--format", "tsv"], now: Self.now)
    let line = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").first {
      $0.hasPrefix(what + "\t")
    }
    return try #require(line.flatMap { Int($0.dropFirst(what.count + 1)) })
  }

  /// 2026-11-24, long after both sets.
  static let now: Int64 = 1_795_500_000_000
}
