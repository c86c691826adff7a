internal import ArgumentParser
internal import Columns
internal import KPIs

struct KPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "kpi", abstract: "Key figures.")
  static func fieldTable() -> Table {
    Table(title: "", columns: [Column("field", type: .text)], rows: [], meta: Metadata(), notes: [])
  }
  static func listTable() -> Table { fieldTable() }
}
