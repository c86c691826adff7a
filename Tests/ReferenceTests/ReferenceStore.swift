import Commands
import Foundation
import Testing

/// A reference data set imported once for all tests, and its independent figures.
final class ReferenceStore: Sendable {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// `../shared/data` beside the checkout; nil elsewhere.
  static let folder: URL? = {
    let candidate = root.deletingLastPathComponent().appending(path: "shared/data")
    return FileManager.default.fileExists(atPath: candidate.path) ? candidate : nil
  }()

  static var isPresent: Bool { folder != nil }
  static let skipped: Comment = "skipped: reference data not present"

  static let olist = try? ReferenceStore(
    set: "olist", mapping: "olist", input: "olist", settings: ["--tz", "Etc/GMT+3", "--currency", "BRL"])
  static let onlineRetail = try? ReferenceStore(
    set: "online-retail", mapping: "online-retail", input: "online-retail/online_retail.csv.gz",
    settings: ["--tz", "Etc/UTC", "--currency", "GBP", "--scale", "GBP=3"])

  struct Failed: Error { var text: String }

  let path: String
  /// The tables of `reference/kpi.json`: rows by column.
  private let tables: [String: [[String: any Sendable]]]

  private init(set: String, mapping: String, input: String, settings: [String]) throws {
    guard let folder = Self.folder else { throw Failed(text: "no data") }
    path = FileManager.default.temporaryDirectory.appending(path: "reference-\(set)-\(UUID().uuidString).orders").path
    for arguments in [
      ["--store", path, "init"] + settings,
      [
        "--store", path, "import", "-q", "--map", Self.root.appending(path: "Tools/mappings/\(mapping).toml").path,
        folder.appending(path: input).path,
      ],
    ] {
      let outcome = Tool.outcome(of: arguments, now: Self.now)
      guard outcome.status == 0 else { throw Failed(text: String(decoding: outcome.errors, as: UTF8.self)) }
    }
    let file = folder.appending(path: "\(set)/reference/kpi.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]] ?? [:]
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

  /// The row of that name.
  func row(_ table: String, _ name: String) throws -> Reference {
    try #require(try rows(table).first { $0.text("k") == name })
  }

  /// The rows that the tool answers.
  func kpi(_ arguments: String...) throws -> [[String: Any]] {
    let outcome = Tool.outcome(of: ["--store", path, "kpi"] + arguments + ["--format", "json"], now: Self.now)
    #expect(outcome.status == 0, "\(String(decoding: outcome.errors, as: UTF8.self))")
    let answer = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    return answer?["rows"] as? [[String: Any]] ?? []
  }

  /// 2026-11-24, long after both sets.
  static let now: Int64 = 1_795_500_000_000
}

/// A row of a reference table.
struct Reference {
  let cells: [String: any Sendable]
  func text(_ column: String) -> String { cells[column] as? String ?? "" }
  func number(_ column: String) -> Double { cells[column] as? Double ?? .nan }
  func count(_ column: String) -> Int { Int(number(column)) }
  /// An amount or a duration in the smallest unit.
  func scaled(_ column: String, by factor: Double) -> Int { Int((number(column) * factor).rounded()) }
}

extension [String: Any] {
  func count(_ column: String) -> Int { (self[column] as? NSNumber)?.intValue ?? -1 }
  func text(_ column: String) -> String { self[column] as? String ?? "" }
}
