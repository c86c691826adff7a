/// The words a table for people needs beside its own.
package struct Wording: Sendable {
  /// Stands for a missing value.
  package var null: String
  package var yes: String
  package var no: String
  /// Stands below the heading of an empty table.
  package var noRows: String
  /// Says how many columns were left out for want of room, and how to see them.
  package var hiddenColumns: @Sendable (_ count: Int) -> String

  package static let english = Wording(null: "–", yes: "yes", no: "no", noRows: "no rows") { count in
    "… \(count) \(count == 1 ? "column" : "columns") hidden, --wide shows all"
  }

  package static let chinese = Wording(null: "–", yes: "是", no: "否", noRows: "无数据") { count in
    "… 隐藏 \(count) 列，--wide 显示全部"
  }

  package init(
    null: String, yes: String, no: String, noRows: String,
    hiddenColumns: @escaping @Sendable (_ count: Int) -> String
  ) {
    self.null = null
    self.yes = yes
    self.no = no
    self.noRows = noRows
    self.hiddenColumns = hiddenColumns
  }
}
