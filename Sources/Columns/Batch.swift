/// Up to one row group of some columns, widened to 64 bits, handed from a snapshot to whoever computes.
///
/// `Field` names the columns in the words of the model. Instants that are absent carry the values the model gives them.
public struct Batch<Field: Hashable & Sendable>: Sendable {
  /// The table row of the batch's first row.
  public let firstRow: Int
  /// Rows in the batch, the length of every column.
  public let count: Int
  private let fields: [Field]
  private let columns: [[Int64]]

  /// A batch of `columns`, in the order of `fields`; each column has `count` values.
  public init(firstRow: Int, count: Int, fields: [Field], columns: [[Int64]]) {
    precondition(fields.count == columns.count, "a column for each field")
    for column in columns { precondition(column.count == count, "columns differ in length") }
    (self.firstRow, self.count, self.fields, self.columns) = (firstRow, count, fields, columns)
  }

  /// The column of `field`, which must be among those asked for. Costs a search over the few fields: once a batch, not
  /// once a row.
  public subscript(field: Field) -> [Int64] {
    guard let index = fields.firstIndex(of: field) else { preconditionFailure("column \(field) was not asked for") }
    return columns[index]
  }

  /// The batch with more columns.
  package func adding(_ moreFields: [Field], _ moreColumns: [[Int64]]) -> Batch {
    Batch(firstRow: firstRow, count: count, fields: fields + moreFields, columns: columns + moreColumns)
  }
}
